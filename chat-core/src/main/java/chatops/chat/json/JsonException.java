package chatops.chat.json;

/** Text that is not the JSON expected here: says where, what was found and what was expected; never quotes a value. */
public final class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JsonException(String message) {
    super(message);
  }
}
