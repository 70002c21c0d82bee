package chatops.front.chat;

/** Whether a request comes from the platform it claims to come from. */
public sealed interface Verification {
  /**
   * @param once the signature, which only one request has
   * @param coversBody whether it is over all of the request; else the same signature with another body is a forger's
   */
  record Authentic(String once, boolean coversBody) implements Verification {}

  /** @param reason for our log only; the caller learns nothing */
  record Rejected(String reason) implements Verification {}
}
