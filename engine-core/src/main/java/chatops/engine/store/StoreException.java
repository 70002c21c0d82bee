package chatops.engine.store;

import chatops.engine.EngineException;

/** The store did not answer, or the fate of a write is unknown. */
public final class StoreException extends EngineException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
