package chatops.engine.notice;

import chatops.engine.EngineException;

/** A notice that did not arrive. The message holds no address and no secret. */
public final class NoticeException extends EngineException {
  private static final long serialVersionUID = 1L;

  private final boolean isWorthRetrying;

  public NoticeException(String message, boolean isWorthRetrying) {
    super(message);
    this.isWorthRetrying = isWorthRetrying;
  }

  /** False when the address itself is dead (expired, revoked), so that another try cannot help. */
  public boolean isWorthRetrying() {
    return isWorthRetrying;
  }
}
