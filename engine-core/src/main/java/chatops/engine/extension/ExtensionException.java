package chatops.engine.extension;

import chatops.engine.EngineException;

/** An extension that cannot be put where it was asked for; the code says why in one word, for explanations. */
public final class ExtensionException extends EngineException {
  private static final long serialVersionUID = 1L;

  private final String code;

  public ExtensionException(String code, String message) {
    super(message);
    this.code = code;
  }

  public String code() {
    return code;
  }
}
