package chatops.chat.handover;

/** A message that is no hand-over: says which field is missing or wrong, never its value. Sending it again does not help. */
public final class HandOverException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HandOverException(String message) {
    super(message);
  }
}
