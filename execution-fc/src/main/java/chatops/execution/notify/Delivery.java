package chatops.execution.notify;

import java.time.Duration;

/**
 * How a message to a person ended.
 *
 * @param detail for logs: the platform and its error code, never an address
 * @param retryAfter how long the platform wants to be left alone; zero where it did not say
 */
public record Delivery(State state, String detail, Duration retryAfter) {
  /** What became of it. */
  public enum State {
    DELIVERED,
    /** The address takes nothing any more, or there is none. */
    DEAD,
    /** May work later. */
    FAILED
  }

  public static final Delivery DONE = new Delivery(State.DELIVERED, "", Duration.ZERO);

  static Delivery dead(String detail) {
    return new Delivery(State.DEAD, detail, Duration.ZERO);
  }

  static Delivery failed(String detail) {
    return new Delivery(State.FAILED, detail, Duration.ZERO);
  }

  /** Too much at once: it will work when that time has passed. */
  static Delivery throttled(String detail, Duration retryAfter) {
    return new Delivery(State.FAILED, detail, retryAfter);
  }

  public boolean isDelivered() {
    return state == State.DELIVERED;
  }

  boolean isThrottled() {
    return !retryAfter.isZero();
  }

  /** This failed, and so did what was tried instead. */
  Delivery and(Delivery other) {
    State worse = state == State.FAILED ? state : other.state;
    Duration longer = retryAfter.compareTo(other.retryAfter) > 0 ? retryAfter : other.retryAfter;
    return new Delivery(worse, detail + "; " + other.detail, longer);
  }
}
