package chatops.cloudsim.signature;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.identity.Identities;
import chatops.cloudsim.identity.Principal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * What every signature scheme checks besides the signature itself: the key, the session token, the time stamp (15 minutes both ways) and that a nonce is new. The wall
 * clock here is the signer's, not the simulated one: SDKs stamp with the machine's time. Thread-safe.
 */
public final class Gatekeeper {
  private static final Duration WINDOW = Duration.ofMinutes(15);

  private final Identities identities;
  private final InstantSource wallClock;
  private final Map<String, Instant> nonces = new HashMap<>();

  public Gatekeeper(Identities identities, InstantSource wallClock) {
    this.identities = identities;
    this.wallClock = wallClock;
  }

  Principal owner(String accessKeyId, String securityToken) {
    if (accessKeyId.isEmpty()) {
      throw new CloudException(
          400, "MissingAccessKeyId", "AccessKeyId is mandatory for this action.");
    }
    Principal principal = identities
        .byAccessKey(accessKeyId)
        .orElseThrow(() -> new CloudException(
            404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."));
    if (principal instanceof Principal.RamUser user && !user.active()) {
      throw new CloudException(
          400, "InvalidAccessKeyId.Inactive", "Specified access key is disabled.");
    }
    if (principal instanceof Principal.RoleSession session) {
      checkToken(session, securityToken);
    } else if (!securityToken.isEmpty()) {
      throw mismatch();
    }
    return principal;
  }

  private void checkToken(Principal.RoleSession session, String securityToken) {
    if (securityToken.isEmpty()) {
      throw new CloudException(
          400, "MissingSecurityToken", "SecurityToken is mandatory for this action.");
    }
    if (!MessageDigest.isEqual(bytes(securityToken), bytes(session.securityToken()))) {
      if (!securityToken.startsWith("CAIS")) {
        throw new CloudException(
            400, "InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed.");
      }
      throw mismatch();
    }
    if (identities.isExpired(session)) {
      throw new CloudException(
          400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
    }
  }

  Instant now() {
    return wallClock.instant();
  }

  void timely(Instant stamp) {
    if (Duration.between(stamp, wallClock.instant()).abs().compareTo(WINDOW) > 0) {
      throw new CloudException(
          400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
    }
  }

  /** Call this last: a request that is refused for another reason does not use its nonce up. */
  synchronized void unused(String accessKeyId, String nonce) {
    if (nonce.isEmpty()) {
      throw CloudException.missing("SignatureNonce");
    }
    Instant now = wallClock.instant();
    if (nonces.size() > 50_000) {
      nonces.values().removeIf(until -> until.isBefore(now));
    }
    Instant known = nonces.get(accessKeyId + " " + nonce);
    if (known != null && known.isAfter(now)) {
      throw new CloudException(
          400, "SignatureNonceUsed", "Specified signature nonce was used already.");
    }
    nonces.put(accessKeyId + " " + nonce, now.plus(WINDOW.multipliedBy(2)));
  }

  static CloudException badSignature(String stringToSign) {
    return new CloudException(
        400,
        "SignatureDoesNotMatch",
        "Specified signature is not matched with our calculation. server string to sign is:"
            + stringToSign);
  }

  static CloudException incomplete(String reason) {
    return new CloudException(
        400,
        "IncompleteSignature",
        "The request signature does not conform to Aliyun standards: " + reason);
  }

  private static CloudException mismatch() {
    return new CloudException(
        400,
        "InvalidSecurityToken.MismatchWithAccessKey",
        "Specified SecurityToken mismatch with the AccessKey.");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
