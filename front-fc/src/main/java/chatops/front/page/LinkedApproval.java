package chatops.front.page;

import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.ApprovalView;
import chatops.chat.handover.HandOver;
import chatops.chat.text.Texts;
import chatops.front.http.HttpReply;
import java.time.Instant;
import java.util.Map;

/** Links to approvals: approve or reject. Immutable. */
final class LinkedApproval implements LinkedSubject {
  /** Where they lead. */
  static final String PATH = "/approvals/";

  private final ApprovalPage page;

  LinkedApproval(Texts texts) {
    this.page = new ApprovalPage(texts);
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public HandOver question(Look look, ApprovalRef subject) {
    return new HandOver.Ask(
        "approval",
        subject.executionId(),
        subject.approvalId(),
        look.principal(),
        look.place(),
        look.language(),
        Map.of());
  }

  @Override
  public HttpReply show(Look look, byte[] answer, boolean isDoorOpen, FormToken form) {
    ApprovalView view = ApprovalView.fromJson(answer);
    return view.isKnown()
        ? page.show(look, view, isDoorOpen, form)
        : page.say(404, look, "unknown", view.executionId());
  }

  @Override
  public boolean isDecision(String decision) {
    return decision.equals("approve") || decision.equals("reject");
  }

  @Override
  public String refusal(byte[] answer, String decision, String reason) {
    ApprovalView view = ApprovalView.fromJson(answer);
    boolean isNeeded = view.reasonFor().equals("both")
        || view.reasonFor().equals("rejection") && decision.equals("reject");
    return view.decidable() && isNeeded && reason.isEmpty() ? "reasonNeeded" : "";
  }

  @Override
  public HandOver decision(
      Look look,
      ApprovalRef subject,
      String decisionId,
      String decision,
      String reason,
      Instant now) {
    return new HandOver.Decide(
        decisionId,
        subject.executionId(),
        subject.approvalId(),
        decision.equals("approve"),
        reason,
        look.principal(),
        look.place(),
        look.language(),
        now,
        "",
        null);
  }
}
