package chatops.execution.notify;

import chatops.chat.render.Message;

/**
 * A message with how it should be shown.
 *
 * @param thread key of the message it continues, edited in place where the platform can; empty for a message of its own
 * @param isPrivate whether only the person who asked sees it
 * @param replaces whether it takes the place of the message whose button was pressed
 * @param isFinal whether it may use up the last post an address takes
 */
public record Letter(
    Message message, String thread, boolean isPrivate, boolean replaces, boolean isFinal) {

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
