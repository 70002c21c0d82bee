package chatops.chat.oss;

import chatops.chat.fc.FunctionClient;
import chatops.chat.handover.EventKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature version 4 of OSS, in a header or in a URL (OSS API reference, "Include a V4 signature in the Authorization header" and "Include
 * a V4 signature in a URL"). The body is not hashed: OSS allows that over HTTPS.
 */
public record OssSignature(FunctionClient.Key key, String region, Instant at) {
  public static final String ALGORITHM = "OSS4-HMAC-SHA256";
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * @param resource {@code /bucket/object}, not encoded; {@code /bucket/} for the bucket itself
   * @param headers all that are sent; {@code x-oss-*}, Content-Type and Content-MD5 are signed
   */
  public String authorization(
      String method, String resource, Map<String, String> query, Map<String, String> headers) {
    TreeMap<String, String> signed = new TreeMap<>();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-oss-") || name.equals("content-type") || name.equals("content-md5")) {
        signed.put(name, header.getValue().strip());
      }
    }
    String signature = signature(canonical(method, resource, query, signed));
    return ALGORITHM + " Credential=" + key.accessKeyId() + "/" + scope() + ",Signature="
        + signature;
  }

  /** The query of a URL that anybody may use for {@code seconds}. */
  public Map<String, String> presigned(String method, String resource, long seconds) {
    TreeMap<String, String> query = new TreeMap<>();
    query.put("x-oss-signature-version", ALGORITHM);
    query.put("x-oss-credential", key.accessKeyId() + "/" + scope());
    query.put("x-oss-date", stamp());
    query.put("x-oss-expires", Long.toString(seconds));
    if (!key.securityToken().isEmpty()) {
      query.put("x-oss-security-token", key.securityToken());
    }
    query.put("x-oss-signature", signature(canonical(method, resource, query, new TreeMap<>())));
    return query;
  }

  /** The time in the form of {@code x-oss-date}. */
  public String stamp() {
    return STAMP.format(at);
  }

  private String date() {
    return stamp().substring(0, 8);
  }

  private String scope() {
    return date() + "/" + region + "/oss/aliyun_v4_request";
  }

  private String signature(String canonical) {
    String toSign = String.join("\n", ALGORITHM, stamp(), scope(), EventKey.hex(canonical));
    byte[] signing = ("aliyun_v4" + key.accessKeySecret()).getBytes(StandardCharsets.UTF_8);
    for (String part : new String[] {date(), region, "oss", "aliyun_v4_request"}) {
      signing = mac(signing, part);
    }
    return EventKey.digits(mac(signing, toSign));
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  private static String canonical(
      String method, String resource, Map<String, String> query, TreeMap<String, String> headers) {
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      lines.append(header.getKey()).append(':').append(header.getValue()).append('\n');
    }
    return String.join("\n", method, path(resource), query(query), lines.toString(), "", UNSIGNED);
  }

  /** Percent-encoded, slashes kept. */
  public static String path(String resource) {
    return encoded(resource).replace("%2F", "/");
  }

  /** In the order of the signature; a name without a value stands alone. */
  public static String query(Map<String, String> query) {
    TreeMap<String, String> sorted = new TreeMap<>();
    for (Map.Entry<String, String> entry : query.entrySet()) {
      sorted.put(encoded(entry.getKey()), encoded(entry.getValue()));
    }
    StringJoiner joined = new StringJoiner("&");
    for (Map.Entry<String, String> entry : sorted.entrySet()) {
      joined.add(
          entry.getValue().isEmpty() ? entry.getKey() : entry.getKey() + "=" + entry.getValue());
    }
    return joined.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
