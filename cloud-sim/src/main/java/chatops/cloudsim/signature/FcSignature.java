package chatops.cloudsim.signature;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.http.WebRequest;
import chatops.cloudsim.identity.Principal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/** Function Compute's own signature of 2016-08-15: {@code Authorization: FC key:base64(HMAC-SHA256)}. The body is covered only where Content-MD5 is sent. */
public final class FcSignature {
  private final Gatekeeper gatekeeper;

  public FcSignature(Gatekeeper gatekeeper) {
    this.gatekeeper = gatekeeper;
  }

  public Principal verify(WebRequest request) {
    String authorization = request.header("Authorization");
    int colon = authorization.indexOf(':');
    if (!authorization.startsWith("FC ") || colon < 0) {
      throw Gatekeeper.incomplete("expected Authorization: FC <access key id>:<signature>.");
    }
    Principal caller = gatekeeper.owner(
        authorization.substring(3, colon).trim(), request.header("x-fc-security-token"));
    gatekeeper.timely(stamp(request.header("Date")));
    String md5 = request.header("Content-MD5");
    if (!md5.isEmpty()) {
      byte[] digest = DigestUtils.md5(request.body());
      String hexInBase64 = Base64.getEncoder()
          .encodeToString(DigestUtils.md5Hex(request.body()).getBytes(StandardCharsets.UTF_8));
      if (!Encoding.same(Base64.getEncoder().encodeToString(digest), md5)
          && !Encoding.same(hexInBase64, md5)) {
        throw Gatekeeper.incomplete("Content-MD5 is not the body's.");
      }
    }
    String stringToSign = String.join(
            "\n", request.method(), md5, request.header("Content-Type"), request.header("Date"))
        + "\n"
        + fcHeaders(request)
        + URLDecoder.decode(request.path(), StandardCharsets.UTF_8);
    byte[] expected =
        new HmacUtils(HmacAlgorithms.HMAC_SHA_256, caller.accessKeySecret()).hmac(stringToSign);
    if (!Encoding.same(
        Base64.getEncoder().encodeToString(expected),
        authorization.substring(colon + 1).trim())) {
      throw Gatekeeper.badSignature(
          stringToSign.replace(request.header("x-fc-security-token"), "***"));
    }
    return caller;
  }

  private static String fcHeaders(WebRequest request) {
    TreeMap<String, String> sorted = new TreeMap<>();
    request.headers().forEach(header -> {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-fc-")) {
        sorted.put(name, header.getValue());
      }
    });
    StringBuilder lines = new StringBuilder();
    sorted.forEach((name, value) -> lines.append(name).append(':').append(value).append('\n'));
    return lines.toString();
  }

  private static Instant stamp(String text) {
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException bad) {
      throw new CloudException(
          400,
          "InvalidTimeStamp.Format",
          "Specified time stamp or date value is not well formatted.");
    }
  }
}
