package chatops.execution.notify;

/** A letter on its way out: what became of it, and what is known of the messages now. */
public record Sent(Delivery delivery, Correspondence known) {
  public boolean isDelivered() {
    return delivery.isDelivered();
  }
}
