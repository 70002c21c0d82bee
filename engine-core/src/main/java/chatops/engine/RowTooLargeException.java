package chatops.engine;

/** A row would become larger than a store takes: writing it again cannot help. */
public final class RowTooLargeException extends EngineException {
  private static final long serialVersionUID = 1L;

  public RowTooLargeException(String message) {
    super(message);
  }
}
