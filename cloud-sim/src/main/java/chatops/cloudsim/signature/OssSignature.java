package chatops.cloudsim.signature;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.http.WebRequest;
import chatops.cloudsim.identity.Principal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * The four ways of proving a request to OSS: version 1 and version 4, each in a header or in a URL (OSS API reference, "Include signatures in the Authorization header" and "Add
 * signatures to URLs"). A request without any of them is anonymous.
 */
public final class OssSignature {
  private static final String V4 = "OSS4-HMAC-SHA256";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
  private static final Duration LONGEST_URL = Duration.ofDays(7);
  private static final Set<String> SUB_RESOURCES = Set.of(
      "acl",
      "append",
      "bucketInfo",
      "continuation-token",
      "cors",
      "delete",
      "encryption",
      "lifecycle",
      "location",
      "logging",
      "objectMeta",
      "partNumber",
      "policy",
      "position",
      "referer",
      "response-cache-control",
      "response-content-disposition",
      "response-content-encoding",
      "response-content-language",
      "response-content-type",
      "response-expires",
      "security-token",
      "stat",
      "tagging",
      "uploadId",
      "uploads",
      "versionId",
      "versioning",
      "versions",
      "website",
      "x-oss-process");

  /**
   * Who signed.
   *
   * @param region what version 4 was signed for, empty for version 1
   */
  public record Proof(Principal principal, String region) {}

  private final Gatekeeper gatekeeper;

  public OssSignature(Gatekeeper gatekeeper) {
    this.gatekeeper = gatekeeper;
  }

  /**
   * Proves a request.
   *
   * @param resource {@code /bucket/key} in plain, {@code /} for the service itself
   * @return empty for an anonymous request
   */
  public Optional<Proof> verify(WebRequest request, String resource) {
    Map<String, String> query = request.queryMap();
    String authorization = request.header("Authorization");
    if (authorization.startsWith(V4 + " ")) {
      return Optional.of(headerV4(request, resource, authorization.substring(V4.length() + 1)));
    }
    if (authorization.startsWith("OSS ")) {
      return Optional.of(headerV1(request, resource, authorization.substring(4)));
    }
    if (!authorization.isEmpty()) {
      throw Gatekeeper.incomplete("expected Authorization: OSS … or " + V4 + " ….");
    }
    if (query.containsKey("x-oss-signature")) {
      return Optional.of(urlV4(request, resource, query));
    }
    if (query.containsKey("Signature")) {
      return Optional.of(urlV1(request, resource, query));
    }
    return Optional.empty();
  }

  private Proof headerV1(WebRequest request, String resource, String given) {
    int colon = given.indexOf(':');
    if (colon < 0) {
      throw Gatekeeper.incomplete("expected OSS <access key id>:<signature>.");
    }
    Principal caller =
        gatekeeper.owner(given.substring(0, colon).strip(), request.header("x-oss-security-token"));
    String date = request.header("x-oss-date").isEmpty()
        ? request.header("Date")
        : request.header("x-oss-date");
    gatekeeper.timely(httpDate(date));
    checkV1(request, resource, date, caller, given.substring(colon + 1).strip());
    return new Proof(caller, "");
  }

  private Proof urlV1(WebRequest request, String resource, Map<String, String> query) {
    Principal caller = gatekeeper.owner(
        query.getOrDefault("OSSAccessKeyId", ""), query.getOrDefault("security-token", ""));
    String expires = query.getOrDefault("Expires", "");
    if (!expires.matches("[0-9]{1,12}")) {
      throw Gatekeeper.incomplete("Expires is no time in seconds.");
    }
    checkV1(request, resource, expires, caller, query.getOrDefault("Signature", ""));
    unexpired(Instant.ofEpochSecond(Long.parseLong(expires)));
    return new Proof(caller, "");
  }

  private static void checkV1(
      WebRequest request, String resource, String date, Principal caller, String given) {
    TreeMap<String, String> signed = new TreeMap<>();
    for (Map.Entry<String, String> header : request.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-oss-")) {
        signed.put(name, header.getValue().strip());
      }
    }
    StringJoiner sub = new StringJoiner("&", "?", "").setEmptyValue("");
    new TreeMap<>(request.queryMap()).forEach((name, value) -> {
      if (SUB_RESOURCES.contains(name) || name.startsWith("x-oss-")) {
        sub.add(value.isEmpty() ? name : name + "=" + value);
      }
    });
    String stringToSign = String.join(
            "\n",
            request.method(),
            request.header("Content-MD5"),
            request.header("Content-Type"),
            date,
            lines(signed))
        + resource
        + sub;
    byte[] expected =
        new HmacUtils(HmacAlgorithms.HMAC_SHA_1, caller.accessKeySecret()).hmac(stringToSign);
    if (!Encoding.same(Base64.getEncoder().encodeToString(expected), given)) {
      throw Gatekeeper.badSignature(masked(stringToSign, request));
    }
  }

  private Proof headerV4(WebRequest request, String resource, String given) {
    Map<String, String> fields = new HashMap<>();
    for (String part : given.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        fields.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    String stamp = request.header("x-oss-date");
    Scope scope = Scope.of(fields.getOrDefault("Credential", ""), stamp);
    Principal caller =
        gatekeeper.owner(scope.accessKeyId(), request.header("x-oss-security-token"));
    gatekeeper.timely(stamp(stamp));
    String hash = request.header("x-oss-content-sha256");
    if (!hash.equals("UNSIGNED-PAYLOAD")
        && !Encoding.same(hash, DigestUtils.sha256Hex(request.body()))) {
      throw Gatekeeper.incomplete("x-oss-content-sha256 is not the hash of the body.");
    }
    checkV4(
        request,
        resource,
        additional(fields.getOrDefault("AdditionalHeaders", "")),
        hash,
        scope,
        caller,
        fields.getOrDefault("Signature", ""));
    return new Proof(caller, scope.region());
  }

  private Proof urlV4(WebRequest request, String resource, Map<String, String> query) {
    if (!query.getOrDefault("x-oss-signature-version", "").equals(V4)) {
      throw Gatekeeper.incomplete("x-oss-signature-version is not " + V4 + ".");
    }
    String stamp = query.getOrDefault("x-oss-date", "");
    Scope scope = Scope.of(query.getOrDefault("x-oss-credential", ""), stamp);
    Principal caller =
        gatekeeper.owner(scope.accessKeyId(), query.getOrDefault("x-oss-security-token", ""));
    String seconds = query.getOrDefault("x-oss-expires", "");
    if (!seconds.matches("[0-9]{1,9}")
        || Long.parseLong(seconds) > LONGEST_URL.toSeconds()
        || Long.parseLong(seconds) < 1) {
      throw new CloudException(
          400, "InvalidArgument", "x-oss-expires is expected to be 1 second to 7 days.");
    }
    checkV4(
        request,
        resource,
        additional(query.getOrDefault("x-oss-additional-headers", "")),
        "UNSIGNED-PAYLOAD",
        scope,
        caller,
        query.getOrDefault("x-oss-signature", ""));
    unexpired(stamp(stamp).plusSeconds(Long.parseLong(seconds)));
    return new Proof(caller, scope.region());
  }

  /** {@code key id/date/region/oss/aliyun_v4_request}. */
  private record Scope(String accessKeyId, String stamp, String region) {
    static Scope of(String credential, String stamp) {
      String[] parts = credential.split("/", -1);
      if (parts.length != 5
          || !parts[3].equals("oss")
          || !parts[4].equals("aliyun_v4_request")
          || !stamp.startsWith(parts[1])
          || parts[1].length() != 8) {
        throw Gatekeeper.incomplete(
            "expected Credential=<access key id>/<date of x-oss-date>/<region>/oss/aliyun_v4_request.");
      }
      return new Scope(parts[0], stamp, parts[2]);
    }

    String text() {
      return stamp.substring(0, 8) + "/" + region + "/oss/aliyun_v4_request";
    }
  }

  private static void checkV4(
      WebRequest request,
      String resource,
      List<String> additional,
      String bodyHash,
      Scope scope,
      Principal caller,
      String given) {
    TreeMap<String, String> signed = new TreeMap<>();
    for (Map.Entry<String, String> header : request.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-oss-")
          || name.equals("content-type")
          || name.equals("content-md5")
          || additional.contains(name)) {
        signed.put(name, header.getValue().strip());
      }
    }
    TreeMap<String, String> sorted = new TreeMap<>();
    request.queryMap().forEach((name, value) -> {
      if (!name.equals("x-oss-signature")) {
        sorted.put(Encoding.percent(name), Encoding.percent(value));
      }
    });
    StringJoiner query = new StringJoiner("&");
    sorted.forEach((name, value) -> query.add(value.isEmpty() ? name : name + "=" + value));
    String canonical = String.join(
        "\n",
        request.method(),
        Encoding.percent(resource).replace("%2F", "/"),
        query.toString(),
        lines(signed),
        String.join(";", additional),
        bodyHash);
    String stringToSign =
        String.join("\n", V4, scope.stamp(), scope.text(), DigestUtils.sha256Hex(canonical));
    byte[] key = ("aliyun_v4" + caller.accessKeySecret()).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.text().split("/", -1)) {
      key = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key).hmac(part);
    }
    String expected = new HmacUtils(HmacAlgorithms.HMAC_SHA_256, key).hmacHex(stringToSign);
    if (!Encoding.same(expected, given)) {
      throw Gatekeeper.badSignature(masked(canonical, request));
    }
  }

  private static List<String> additional(String names) {
    return names.isEmpty() ? List.of() : new ArrayList<>(List.of(names.split(";", -1)));
  }

  private static String lines(Map<String, String> headers) {
    return headers.entrySet().stream()
        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
        .collect(Collectors.joining());
  }

  /** What the refusal shows goes to logs. */
  private static String masked(String stringToSign, WebRequest request) {
    String masked = stringToSign;
    for (String token : List.of(
        request.header("x-oss-security-token"),
        request.queryMap().getOrDefault("security-token", ""),
        request.queryMap().getOrDefault("x-oss-security-token", ""))) {
      if (!token.isEmpty()) {
        masked = masked.replace(token, "***").replace(Encoding.percent(token), "***");
      }
    }
    return masked;
  }

  private void unexpired(Instant until) {
    if (!gatekeeper.now().isBefore(until)) {
      throw new CloudException(403, "AccessDenied", "Request has expired.");
    }
  }

  private static Instant httpDate(String text) {
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException bad) {
      throw Gatekeeper.incomplete("Date is no HTTP date.");
    }
  }

  private static Instant stamp(String text) {
    try {
      return LocalDateTime.parse(text, STAMP).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException bad) {
      throw Gatekeeper.incomplete("x-oss-date is not such as 20260301T080000Z.");
    }
  }
}
