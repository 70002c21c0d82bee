package chatops.chat.fc;

import chatops.chat.handover.EventKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature {@code ACS3-HMAC-SHA256} over one FC 3 request, header for header as the official {@code fc20230330}
 * client makes it (its requests are the golden vectors of the tests).
 */
final class Acs3Signature {
  private static final String ALGORITHM = "ACS3-HMAC-SHA256";

  private Acs3Signature() {}

  /**
   * @param path percent-encoded
   * @return names and values in turn, everything the request needs but {@code Host}
   */
  static String[] headers(
      String method,
      Endpoint endpoint,
      String path,
      String action,
      byte[] body,
      FunctionClient.Key key,
      Instant now,
      String nonce) {
    String hash = EventKey.hex(body);
    boolean session = !key.securityToken().isEmpty();
    // sorted by name, as the canonical request wants them
    String[] signed = {
      "content-type",
      method.equals("GET") ? "" : "application/octet-stream",
      "host",
      endpoint.host(),
      "x-acs-accesskey-id",
      session ? key.accessKeyId() : "",
      "x-acs-action",
      action,
      "x-acs-content-sha256",
      hash,
      "x-acs-credentials-provider",
      session ? "static_sts" : "static_ak",
      "x-acs-date",
      date(now),
      "x-acs-security-token",
      key.securityToken(),
      "x-acs-signature-nonce",
      nonce,
      "x-acs-version",
      Fc3FunctionClient.VERSION
    };
    StringBuilder canonical = new StringBuilder(768);
    canonical.append(method).append('\n').append(path).append("\n\n");
    StringBuilder names = new StringBuilder(160);
    for (int i = 0; i < signed.length; i += 2) {
      if (signed[i + 1].isEmpty()) {
        continue;
      }
      canonical.append(signed[i]).append(':').append(signed[i + 1]).append('\n');
      names.append(names.isEmpty() ? "" : ";").append(signed[i]);
    }
    canonical.append('\n').append(names).append('\n').append(hash);
    String digest = EventKey.hex(canonical.toString());
    String signature = EventKey.digits(hmac(key.accessKeySecret(), ALGORITHM + "\n" + digest));
    // HttpURLConnection writes Host itself; its place carries the result
    signed[2] = "Authorization";
    signed[3] = ALGORITHM + " Credential=" + key.accessKeyId() + ",SignedHeaders=" + names
        + ",Signature=" + signature;
    return signed;
  }

  /** Seconds in UTC; by hand, because a date formatter costs a cold start some eighty classes. */
  static String date(Instant now) {
    LocalDateTime utc = LocalDateTime.ofEpochSecond(now.getEpochSecond(), 0, ZoneOffset.UTC);
    StringBuilder out = new StringBuilder(20).append(utc.getYear());
    two(out.append('-'), utc.getMonthValue());
    two(out.append('-'), utc.getDayOfMonth());
    two(out.append('T'), utc.getHour());
    two(out.append(':'), utc.getMinute());
    two(out.append(':'), utc.getSecond());
    return out.append('Z').toString();
  }

  private static void two(StringBuilder out, int value) {
    out.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
  }

  private static byte[] hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("this Java has no HmacSHA256", impossible);
    }
  }
}
