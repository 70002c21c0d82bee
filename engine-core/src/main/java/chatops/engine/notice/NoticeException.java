package chatops.engine.notice;

import chatops.engine.EngineException;
import java.time.Duration;

/** A notice that did not arrive. The message holds no address and no secret. */
public final class NoticeException extends EngineException {
  private static final long serialVersionUID = 1L;

  private final boolean isWorthRetrying;
  private final Duration retryAfter;
  private final String memory;

  public NoticeException(String message, boolean isWorthRetrying) {
    this(message, isWorthRetrying, Duration.ZERO, "");
  }

  /**
   * @param retryAfter how long the platform wants to be left alone, zero where it did not say
   * @param memory what to remember all the same, see {@link Notifier#tell(Notice, String)}; empty leaves what was known
   */
  public NoticeException(
      String message, boolean isWorthRetrying, Duration retryAfter, String memory) {
    super(message);
    this.isWorthRetrying = isWorthRetrying;
    this.retryAfter = retryAfter;
    this.memory = memory;
  }

  /** False when the address itself is dead (expired, revoked), so that another try cannot help. */
  public boolean isWorthRetrying() {
    return isWorthRetrying;
  }

  /** Zero where the platform did not say; else the notice would have arrived, had there been fewer. */
  public Duration retryAfter() {
    return retryAfter;
  }

  public String memory() {
    return memory;
  }
}
