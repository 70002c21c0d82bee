package chatops.local.pack;

/** A package cannot be made; the message says what was found, what was expected, and what to do. */
public final class PackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PackException(String message) {
    super(message);
  }

  public PackException(String message, Throwable cause) {
    super(message, cause);
  }
}
