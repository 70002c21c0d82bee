package chatops.engine.notice;

import chatops.engine.EngineException;

/** A template's HTTP request was refused by the guard, or got no answer. The message never holds the whole URL. */
public final class OutboundException extends EngineException {
  private static final long serialVersionUID = 1L;

  private final Fate fate;

  /** What became of the request. */
  public enum Fate {
    /** The guard refused the target: another try is useless. */
    REFUSED,
    /** No connection: the target never saw it. */
    NOT_SENT,
    /** It may have arrived. */
    UNKNOWN
  }

  public OutboundException(String message, Fate fate) {
    super(message);
    this.fate = fate;
  }

  public Fate fate() {
    return fate;
  }
}
