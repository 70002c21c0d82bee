package chatops.front.slack;

import chatops.front.chat.Verification;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Slack's {@code v0} signature (docs.slack.dev, "Verifying requests from Slack"): HMAC-SHA256 over timestamp and raw body, valid
 * for 300 s either way. Two secrets may be active while one is being rotated. Immutable.
 */
final class SlackSignature {
  private static final long WINDOW_SECONDS = 300;
  private static final int TIMESTAMP_DIGITS = 12;
  private static final int LENGTH = 3 + 64;
  private static final String HEX = "0123456789abcdef";

  /** Never used themselves, copied for each request: Java's look for a provider costs more than the signature. */
  private final List<Mac> secrets = new ArrayList<>();

  SlackSignature(List<String> secrets) {
    for (String secret : secrets) {
      // the secret looks like hex and is used as text
      this.secrets.add(
          keyed(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256")));
    }
  }

  private static Mac keyed(SecretKeySpec secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  Verification verify(String timestamp, String signature, byte[] body, Instant now) {
    if (timestamp.isEmpty() || signature.isEmpty()) {
      return new Verification.Rejected("no signature");
    }
    if (timestamp.indexOf(',') >= 0 || signature.indexOf(',') >= 0) {
      return new Verification.Rejected("signature header twice");
    }
    if (!isDigits(timestamp)) {
      return new Verification.Rejected("timestamp is no number of seconds");
    }
    long age = now.getEpochSecond() - Long.parseLong(timestamp);
    if (age > WINDOW_SECONDS || age < -WINDOW_SECONDS) {
      return new Verification.Rejected("timestamp " + age + " s old");
    }
    if (signature.length() != LENGTH) {
      return new Verification.Rejected("signature has not the form v0=<64 hex digits>");
    }
    byte[] given = signature.getBytes(StandardCharsets.UTF_8);
    boolean matches = false;
    for (Mac secret : secrets) {
      // every secret is tried, so that the time taken does not tell which one matched
      matches |= MessageDigest.isEqual(given, expected(secret, timestamp, body));
    }
    // it covers time and body, so only the same request has it again
    return matches
        ? new Verification.Authentic(signature, true)
        : new Verification.Rejected("signature does not match");
  }

  private static byte[] expected(Mac secret, String timestamp, byte[] body) {
    try {
      Mac mac = (Mac) secret.clone();
      mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.US_ASCII));
      byte[] hash = mac.doFinal(body);
      byte[] text = new byte[LENGTH];
      text[0] = 'v';
      text[1] = '0';
      text[2] = '=';
      for (int i = 0; i < hash.length; i++) {
        text[3 + 2 * i] = (byte) HEX.charAt(hash[i] >> 4 & 15);
        text[4 + 2 * i] = (byte) HEX.charAt(hash[i] & 15);
      }
      return text;
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("every Java can copy HmacSHA256", e);
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
