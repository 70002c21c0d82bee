package chatops.engine;

/** A start that is refused before anything is written: unknown template, bad parameter, unsupported action or mode. */
public sealed class RefusedException extends EngineException
    permits FrozenException, QueueFullException {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }

  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
