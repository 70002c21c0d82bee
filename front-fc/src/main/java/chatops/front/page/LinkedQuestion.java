package chatops.front.page;

import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.QuestionView;
import chatops.chat.text.Texts;
import chatops.front.http.HttpReply;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Links to calls whose outcome is unknown: retry, skip or stop. Immutable. */
final class LinkedQuestion implements LinkedSubject {
  /** Where they lead. */
  static final String PATH = "/questions/";

  static final List<String> ANSWERS = List.of("retry", "skip", "stop");

  private final QuestionPage page;

  LinkedQuestion(Texts texts) {
    this.page = new QuestionPage(texts);
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public HandOver question(Look look, ApprovalRef subject) {
    return new HandOver.Ask(
        "question",
        subject.executionId(),
        subject.approvalId(),
        look.principal(),
        look.place(),
        look.language(),
        Map.of());
  }

  @Override
  public HttpReply show(Look look, byte[] answer, boolean isDoorOpen, FormToken form) {
    return page.show(look, QuestionView.fromJson(answer), isDoorOpen, form);
  }

  @Override
  public boolean isDecision(String decision) {
    return ANSWERS.contains(decision);
  }

  @Override
  public HandOver decision(
      Look look,
      ApprovalRef subject,
      String decisionId,
      String decision,
      String reason,
      Instant now) {
    return new HandOver.Answer(
        decisionId,
        subject.executionId(),
        subject.approvalId(),
        decision,
        look.principal(),
        look.place(),
        look.language(),
        now,
        "",
        null);
  }
}
