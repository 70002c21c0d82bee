package chatops.front.chat;

/** Whether a request comes from the platform it claims to come from. */
public sealed interface Verification {
  /** @param once what only this very request has, such as a signature over all of it; empty when there is no such thing */
  record Authentic(String once) implements Verification {}

  /** @param reason for our log only; the caller learns nothing */
  record Rejected(String reason) implements Verification {}

  Verification AUTHENTIC = new Authentic("");
}
