package chatops.cloudsim.mns;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/** The headers of an HTTP push with its signature (MNS, "Signature of endpoint requests"). */
public final class PushHeaders {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
          "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
      .withZone(ZoneOffset.UTC);

  private PushHeaders() {}

  /**
   * @param certificateUrl where the receiver finds the certificate
   * @param extra further {@code x-mns-*} headers
   */
  public static List<Map.Entry<String, String>> of(
      PushCertificate certificate,
      URI certificateUrl,
      URI target,
      String contentType,
      byte[] body,
      Instant now,
      Map<String, String> extra) {
    // the documented sample is Base64 of the digest's hex text, not of its bytes
    String md5 = base64(DigestUtils.md5Hex(body));
    String date = DATE.format(now);
    Map<String, String> own = new TreeMap<>(extra);
    own.put("x-mns-signing-cert-url", base64(certificateUrl.toString()));
    own.put("x-mns-version", "2015-06-06");
    StringBuilder text = new StringBuilder("POST\n");
    text.append(md5).append('\n').append(contentType).append('\n').append(date).append('\n');
    own.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    text.append(resource(target));
    List<Map.Entry<String, String>> headers = new ArrayList<>(own.entrySet());
    headers.add(Map.entry("Authorization", certificate.sign(text.toString())));
    headers.add(Map.entry("Content-MD5", md5));
    headers.add(Map.entry("Content-Type", contentType));
    headers.add(Map.entry("Date", date));
    return headers;
  }

  private static String resource(URI target) {
    String path = target.getRawPath();
    String query = target.getRawQuery();
    return (path == null || path.isEmpty() ? "/notifications" : path)
        + (query == null ? "" : "?" + query);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
