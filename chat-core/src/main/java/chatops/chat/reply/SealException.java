package chatops.chat.reply;

/** A seal that cannot be made or opened: names the key id or the setting, never a key or the text. */
public final class SealException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SealException(String message) {
    super(message);
  }
}
