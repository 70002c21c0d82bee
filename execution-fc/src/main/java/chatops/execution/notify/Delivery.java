package chatops.execution.notify;

/**
 * How a message to a person ended.
 *
 * @param detail for logs: the platform and its error code, never an address
 */
public record Delivery(State state, String detail) {
  /** What became of it. */
  public enum State {
    DELIVERED,
    /** The address takes nothing any more, or there is none. */
    DEAD,
    /** May work later. */
    FAILED
  }

  static final Delivery DONE = new Delivery(State.DELIVERED, "");

  static Delivery dead(String detail) {
    return new Delivery(State.DEAD, detail);
  }

  static Delivery failed(String detail) {
    return new Delivery(State.FAILED, detail);
  }

  public boolean isDelivered() {
    return state == State.DELIVERED;
  }
}
