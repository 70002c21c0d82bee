package chatops.front.page;

import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.HandOver;
import chatops.front.http.HttpReply;
import java.time.Instant;

/** What a signed link can stand for: which question its page asks, how it looks, and which decisions its form takes. */
interface LinkedSubject {
  /**
   * The hidden half of a form.
   *
   * @param decisionId of the decision the form would make, so that sending it twice decides once
   * @param proof that we made this form
   */
  record FormToken(String decisionId, String proof) {}

  /** Where its links lead, with a slash at both ends. */
  String path();

  HandOver question(Look look, ApprovalRef subject);

  /**
   * The page for Execution's answer to {@link #question}.
   *
   * @param isDoorOpen whether this reader may decide by this door at all; for this very subject, the answer says
   * @throws chatops.chat.handover.HandOverException when the bytes are no such answer
   */
  HttpReply show(Look look, byte[] answer, boolean isDoorOpen, FormToken form);

  boolean isDecision(String decision);

  /** Why Execution's answer to a decision says that it did not count, as the key of a page; empty when it may have counted. */
  default String refusal(byte[] answer, String decision, String reason) {
    return "";
  }

  HandOver decision(
      Look look,
      ApprovalRef subject,
      String decisionId,
      String decision,
      String reason,
      Instant now);
}
