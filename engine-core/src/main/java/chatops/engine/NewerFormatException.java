package chatops.engine;

/** A row that a newer program wrote: this one neither reads nor changes it. */
public final class NewerFormatException extends EngineException {
  private static final long serialVersionUID = 1L;

  public NewerFormatException(String message) {
    super(message);
  }
}
