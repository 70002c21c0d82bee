package chatops.front.push;

/** A push that proves nothing; the message is for the log and quotes nothing of it. */
final class PushRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  PushRefusedException(String message) {
    super(message);
  }

  PushRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
