package chatops.execution.notify;

import chatops.chat.handover.ApprovalRef;
import chatops.chat.render.Message;
import chatops.chat.rights.LiveRights;
import chatops.chat.text.Texts;
import chatops.engine.notice.Links;
import chatops.engine.notice.Notice;
import chatops.engine.notice.NoticeException;
import chatops.engine.notice.Notifier;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells people in the chat their command came from. Progress is shown only where a message can be edited in place, since every
 * other post counts. A notice delivered once by this process is not delivered again. Thread-safe.
 */
public final class ChatNotifier implements Notifier {
  private static final int KEPT = 10_000;

  private final Replies replies;
  private final NoticeMessages messages;
  private final boolean canEdit;
  private final Cards cards;
  private final Set<String> delivered =
      Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > KEPT;
        }
      }));

  /** Shows several executions on one message. */
  public interface Cards {
    /** @return false when the notice is about an execution that has no card */
    boolean show(Notice notice);
  }

  /**
   * @param canEdit whether messages can be edited in place: with a bot token
   * @param cards take everything but questions
   */
  public ChatNotifier(
      Replies replies, Texts texts, Links links, LiveRights rights, boolean canEdit, Cards cards) {
    this.cards = cards;
    this.replies = replies;
    this.messages = new NoticeMessages(texts, links, rights);
    this.canEdit = canEdit;
  }

  @Override
  public void tell(Notice notice) {
    tell(notice, "");
  }

  @Override
  public String tell(Notice notice, String memory) {
    Notice.Envelope envelope = notice.envelope();
    boolean isProgress = notice instanceof Notice.Progress;
    if ((isProgress && !canEdit) || delivered.contains(envelope.id())) {
      return memory;
    }
    Origin origin = Origin.of(envelope.origin());
    String id = envelope.execution().value();
    if (thread(notice, id).equals(id) && cards.show(notice)) {
      delivered.add(envelope.id());
      return memory;
    }
    Correspondence known = Correspondence.read(memory);
    Sent sent =
        replies.send(envelope.replyAddress(), id, origin.platform(), letter(notice, origin), known);
    if (isProgress) {
      // the next one says more, so nothing is lost
      return sent.known().toString();
    }
    if (sent.isDelivered()) {
      delivered.add(envelope.id());
      return standing(notice, origin, sent.known()).toString();
    }
    Delivery delivery = sent.delivery();
    throw new NoticeException(
        delivery.detail(),
        delivery.state() == Delivery.State.FAILED,
        delivery.retryAfter(),
        sent.known().toString());
  }

  private Letter letter(Notice notice, Origin origin) {
    String id = notice.envelope().execution().value();
    Message message = messages.of(notice, origin);
    if (notice instanceof Notice.Progress) {
      return Letter.progress(message, id);
    }
    if (isEdit(notice)) {
      return Letter.edit(message, thread(notice, id));
    }
    if (notice instanceof Notice.DecisionDue) {
      return Letter.again(message, thread(notice, id));
    }
    Letter letter =
        new Letter(message, thread(notice, id), false, false, notice instanceof Notice.Ended);
    boolean isResult = notice instanceof Notice.Ended || notice instanceof Notice.FailureHeld;
    return isResult ? letter.summed(messages.summary(notice, origin)) : letter;
  }

  /** A question stands apart from the execution's own message, which says from then on that it waits for an answer. */
  private Correspondence standing(Notice notice, Origin origin, Correspondence known) {
    String id = notice.envelope().execution().value();
    boolean isQuestion =
        notice instanceof Notice.DecisionWanted || notice instanceof Notice.OutcomeWanted;
    if (!isQuestion || known.message(id) == null) {
      return known;
    }
    Letter letter = Letter.edit(messages.summary(notice, origin), id);
    return replies
        .send(notice.envelope().replyAddress(), id, origin.platform(), letter, known)
        .known();
  }

  /**
   * A question is a message of its own: editing it away would take its buttons along. How it came out takes its place, so that its
   * buttons are gone.
   */
  private static String thread(Notice notice, String execution) {
    if (notice instanceof Notice.DecisionWanted wanted) {
      return Letter.APPROVAL + new ApprovalRef(execution, wanted.approvalId());
    }
    if (notice instanceof Notice.DecisionMade made) {
      return Letter.APPROVAL + new ApprovalRef(execution, made.approvalId());
    }
    if (notice instanceof Notice.DecisionDue due) {
      return Letter.APPROVAL + new ApprovalRef(execution, due.wanted().approvalId());
    }
    if (notice instanceof Notice.OutcomeWanted wanted) {
      return Letter.QUESTION + new ApprovalRef(execution, wanted.questionId());
    }
    return notice instanceof Notice.OutcomeMade made
        ? Letter.QUESTION + new ApprovalRef(execution, made.questionId())
        : execution;
  }

  /** What the end of the execution tells anyway is told at the question only; what was asked in vain, to everybody. */
  private static boolean isEdit(Notice notice) {
    return notice instanceof Notice.OutcomeMade
        || notice instanceof Notice.DecisionMade made && !made.outcome().equals("void");
  }
}
