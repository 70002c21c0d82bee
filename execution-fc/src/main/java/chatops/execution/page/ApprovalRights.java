package chatops.execution.page;

import chatops.chat.Principal;
import chatops.chat.rights.LiveRights;
import chatops.engine.execution.Approval;
import chatops.engine.view.ExecutionView;
import java.time.Instant;
import java.time.InstantSource;

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
    return rights
            .current()
            .rights()
            .mayDecide(principal, view.template().name(), view.startedBy(), approval.approvers())
            .isAllowed()
        ? ""
        : "approvers";
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
