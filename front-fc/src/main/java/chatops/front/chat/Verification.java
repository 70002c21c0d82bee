package chatops.front.chat;

/** Whether a request comes from the platform it claims to come from. */
public sealed interface Verification {
  record Authentic() implements Verification {}

  /** @param reason for our log only; the caller learns nothing */
  record Rejected(String reason) implements Verification {}

  Verification AUTHENTIC = new Authentic();
}
