package chatops.chat.handover;

import chatops.chat.Platform;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The platform's own name of one event: what makes two deliveries the same. Everything that must happen once derives
 * its id from it, so that a repetition carries the same ids.
 *
 * @param key Slack's {@code trigger_id}, DingTalk's {@code msgId}
 */
public record EventKey(Platform platform, String tenant, String key) {
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final String HEX = "0123456789abcdef";
  /** Never used itself, copied for each text: Java's look for a provider costs more than the hash of a short one. */
  private static final MessageDigest SHA_256 = newSha256();

  /** {@code exec-} and 26 characters (130 bits). */
  public String executionId() {
    byte[] hash = hash("");
    StringBuilder id = new StringBuilder("exec-");
    int bits = 0;
    int held = 0;
    for (int i = 0; id.length() < 31; i++) {
      held = held << 8 | hash[i] & 0xff;
      bits += 8;
      while (bits >= 5 && id.length() < 31) {
        bits -= 5;
        id.append(BASE32.charAt(held >> bits & 31));
      }
    }
    return id.toString();
  }

  /** {@code c_} and 64 hexadecimal digits: an id FC accepts for an asynchronous task. */
  public String taskId() {
    return "c_" + digits(hash("task|"));
  }

  /** {@code d_} and 64 hexadecimal digits: the identity of a decision made by this event. */
  public String decisionId() {
    return "d_" + digits(hash("decision|"));
  }

  private byte[] hash(String purpose) {
    return sha256(utf8(purpose + platform.name() + "|" + tenant + "|" + key));
  }

  /** Hexadecimal SHA-256 of a text. */
  public static String hex(String text) {
    return hex(utf8(text));
  }

  /** Hexadecimal SHA-256 of bytes. */
  public static String hex(byte[] bytes) {
    return digits(sha256(bytes));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return ((MessageDigest) SHA_256.clone()).digest(bytes);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("every Java can copy SHA-256", e);
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Bytes as hexadecimal digits, in lower case. */
  public static String digits(byte[] bytes) {
    StringBuilder hex = new StringBuilder(bytes.length * 2);
    for (byte b : bytes) {
      hex.append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
    }
    return hex.toString();
  }
}
