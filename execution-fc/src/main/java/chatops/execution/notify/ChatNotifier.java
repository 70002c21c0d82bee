package chatops.execution.notify;

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
  private final Undelivered undelivered;
  private final Set<String> delivered =
      Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > KEPT;
        }
      }));

  /** Keeps what could not be told, so that {@code /oos logs} shows it. */
  public interface Undelivered {
    void record(Notice.Envelope envelope, String detail);
  }

  /** @param canEdit whether messages can be edited in place: with a bot token */
  public ChatNotifier(
      Replies replies, Texts texts, Links links, boolean canEdit, Undelivered undelivered) {
    this.replies = replies;
    this.messages = new NoticeMessages(texts, links);
    this.canEdit = canEdit;
    this.undelivered = undelivered;
  }

  @Override
  public void tell(Notice notice) {
    Notice.Envelope envelope = notice.envelope();
    boolean isProgress = notice instanceof Notice.Progress;
    if ((isProgress && !canEdit) || delivered.contains(envelope.id())) {
      return;
    }
    Origin origin = Origin.of(envelope.origin());
    String id = envelope.execution().value();
    // a question is a message of its own: editing it away would take its buttons along
    String thread = notice instanceof Notice.DecisionWanted ? "" : id;
    Letter letter = new Letter(
        messages.of(notice, origin), thread, false, false, notice instanceof Notice.Ended);
    Delivery delivery = replies.send(envelope.replyAddress(), id, origin.platform(), letter);
    if (delivery.isDelivered()) {
      delivered.add(envelope.id());
    } else if (!isProgress) {
      if (delivery.state() == Delivery.State.DEAD) {
        undelivered.record(envelope, delivery.detail());
      }
      throw new NoticeException(
          "not delivered: " + delivery.detail() + "; /oos show " + id + " shows it",
          delivery.state() == Delivery.State.FAILED);
    }
  }
}
