package chatops.execution.right;

import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.Rights;
import chatops.chat.rights.Verdict;
import chatops.engine.execution.Approval;
import chatops.engine.view.ExecutionView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a reader may decide an approval now, and why not. Thread-safe. */
public record ApprovalRights(LiveRights rights, InstantSource clock) {

  /** Empty when the reader may; else as {@code ApprovalView} has it. */
  public String whyNot(ExecutionView view, Approval approval, Principal principal) {
    return switch (approval.outcome()) {
      case APPROVED, REJECTED -> "decided";
      case EXPIRED -> "expired";
      case WITHDRAWN -> "ended";
      case VOID -> "void";
      case OPEN -> isOver(approval) ? "expired" : isAllowed(view, approval, principal);
    };
  }

  private boolean isOver(Approval approval) {
    Instant expiresAt = approval.expiresAt();
    return expiresAt != null && !clock.instant().isBefore(expiresAt);
  }

  private String isAllowed(ExecutionView view, Approval approval, Principal principal) {
    return verdict(view, approval, principal).isAllowed() ? "" : "approvers";
  }

  /**
   * Whether somebody may decide. Who changed what is asked for has asked for it, too. A link says nothing about who holds it, so it
   * is never one of several different people.
   */
  public Verdict verdict(ExecutionView view, @Nullable Approval approval, Principal principal) {
    Rights now = rights.current().rights();
    if (principal.platform() == Platform.WEB && approval != null && approval.needed() > 1) {
      return new Verdict.Denied(Verdict.Reason.BEARER, "");
    }
    List<String> named = approval == null ? List.of() : approval.approvers();
    String template = view.template().name();
    Verdict verdict = now.mayDecide(principal, template, view.startedBy(), named);
    for (String changer : view.changedBy()) {
      verdict = verdict.isAllowed() ? now.mayDecide(principal, template, changer, named) : verdict;
    }
    return verdict;
  }

  /** Which decisions need a reason: empty, {@code rejection} or {@code both}. */
  public String reasonFor(String template) {
    return switch (rights.current().configuration().approvals().of(template).reason()) {
      case OPTIONAL -> "";
      case REJECTION -> "rejection";
      case REQUIRED -> "both";
    };
  }
}
