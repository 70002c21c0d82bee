package chatops.execution.notify;

import chatops.chat.render.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message with how it should be shown.
 *
 * @param thread key of the message it continues, edited in place where the platform can; empty for a message of its own
 * @param isPrivate whether only the person who asked sees it
 * @param replaces whether it takes the place of the message whose button was pressed
 * @param isFinal whether it may use up the last post an address takes
 * @param isEdit whether it only changes the thread's message, and is nothing where that cannot be edited
 * @param summary what the thread's message says from then on, where it stands already; the whole is a reply to it then
 * @param isProgress whether the next one says more, so that this one may be left out
 * @param isAnew whether it is said once more as the thread's message, so that the earlier one can no longer be pressed
 */
public record Letter(
    Message message,
    String thread,
    boolean isPrivate,
    boolean replaces,
    boolean isFinal,
    boolean isEdit,
    @Nullable Message summary,
    boolean isProgress,
    boolean isAnew) {
  /** How the thread of an approval's question begins; its {@link chatops.chat.handover.ApprovalRef} follows. */
  static final String APPROVAL = "approval:";

  /** How the thread of a question about a call begins; its {@link chatops.chat.handover.ApprovalRef} follows. */
  static final String QUESTION = "question:";

  public Letter(
      Message message, String thread, boolean isPrivate, boolean replaces, boolean isFinal) {
    this(message, thread, isPrivate, replaces, isFinal, false, null, false, false);
  }

  /** A question that was asked before. */
  static Letter again(Message message, String thread) {
    return new Letter(message, thread, false, false, false, false, null, false, true);
  }

  /** What happened to a thread, told at its message only. */
  static Letter edit(Message message, String thread) {
    return new Letter(message, thread, false, false, false, true, null, false, false);
  }

  /** Where something stands that goes on. */
  static Letter progress(Message message, String thread) {
    return new Letter(message, thread, false, false, false, false, null, true, false);
  }

  /** What a thread's message says from now on, and the whole of it as a reply. */
  Letter summed(Message shorter) {
    return new Letter(
        message, thread, isPrivate, replaces, isFinal, isEdit, shorter, isProgress, isAnew);
  }

  /** A message that is written again and again at the same place. */
  public static Letter card(Message message, String thread) {
    return new Letter(message, thread, false, false, true);
  }

  Letter mentioning(String person) {
    return saying(message.withMentions(List.of(person)));
  }

  /** The same letter with another message in it. */
  Letter saying(Message other) {
    return new Letter(
        other, thread, isPrivate, replaces, isFinal, isEdit, summary, isProgress, isAnew);
  }

  /** For everybody in the channel. */
  public static Letter open(Message message) {
    return new Letter(message, "", false, false, true);
  }

  /** For the person who asked alone. */
  public static Letter toPerson(Message message) {
    return new Letter(message, "", true, false, true);
  }

  /** Instead of the message whose button was pressed. */
  public static Letter instead(Message message) {
    return new Letter(message, "", false, true, true);
  }
}
