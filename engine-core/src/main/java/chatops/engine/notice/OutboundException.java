package chatops.engine.notice;

import chatops.engine.EngineException;

/** A template's HTTP request was refused by the guard, or got no answer. The message never holds the whole URL. */
public final class OutboundException extends EngineException {
  private static final long serialVersionUID = 1L;

  private final boolean refused;

  public OutboundException(String message, boolean refused) {
    super(message);
    this.refused = refused;
  }

  /** True when the guard refused the target, so that a retry is useless. */
  public boolean isRefused() {
    return refused;
  }
}
