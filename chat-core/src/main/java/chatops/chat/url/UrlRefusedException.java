package chatops.chat.url;

/** A URL that must not be called: says which rule it breaks and names at most its host, because the rest may be a credential. */
public final class UrlRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UrlRefusedException(String message) {
    super(message);
  }
}
