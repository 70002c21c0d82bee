package chatops.front.dingtalk;

import chatops.front.chat.Verification;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signatures of the robot's callback (open.dingtalk.com, "Robot receives messages") and of a card's (open.dingtalk.com,
 * "Event callback of cards"): HMAC-SHA256 over the timestamp, so the body is covered by nothing and the pair must be used once. 5 minutes
 * into the past, 1 into the future. Immutable.
 */
final class DingTalkSignature {
  private static final long PAST_MILLIS = 300_000;
  private static final long FUTURE_MILLIS = 60_000;
  private static final int TIMESTAMP_DIGITS = 15;

  private final List<String> secrets;
  private final boolean isOfCard;

  private DingTalkSignature(List<String> secrets, boolean isOfCard) {
    this.secrets = List.copyOf(secrets);
    this.isOfCard = isOfCard;
  }

  /** Over the timestamp and the secret, a line each. */
  static DingTalkSignature ofRobot(List<String> secrets) {
    return new DingTalkSignature(secrets, false);
  }

  /** Over the timestamp. */
  static DingTalkSignature ofCard(List<String> secrets) {
    return new DingTalkSignature(secrets, true);
  }

  Verification verify(String timestamp, String sign, Instant now) {
    if (timestamp.isEmpty() || sign.isEmpty()) {
      return new Verification.Rejected("no signature");
    }
    if (timestamp.indexOf(',') >= 0 || sign.indexOf(',') >= 0) {
      return new Verification.Rejected("signature header twice");
    }
    if (!isDigits(timestamp)) {
      return new Verification.Rejected("timestamp is no number of milliseconds");
    }
    long age = now.toEpochMilli() - Long.parseLong(timestamp);
    if (age > PAST_MILLIS || age < -FUTURE_MILLIS) {
      return new Verification.Rejected("timestamp " + age + " ms old");
    }
    byte[] given = sign.getBytes(StandardCharsets.UTF_8);
    boolean matches = false;
    for (String secret : secrets) {
      matches |= MessageDigest.isEqual(
          given, expected(secret, isOfCard ? timestamp : timestamp + "\n" + secret));
    }
    return matches
        ? new Verification.Authentic(timestamp + " " + sign, false)
        : new Verification.Rejected("signature does not match");
  }

  private static byte[] expected(String secret, String signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder().encode(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() <= TIMESTAMP_DIGITS;
  }
}
