package chatops.engine.jq;

import chatops.engine.EngineException;

/** A jq program that does not compile, fails on its input, or needs more time, depth or memory than allowed. */
public final class JqException extends EngineException {
  private static final long serialVersionUID = 1L;

  public JqException(String message) {
    super(message);
  }

  public JqException(String message, Throwable cause) {
    super(message, cause);
  }
}
