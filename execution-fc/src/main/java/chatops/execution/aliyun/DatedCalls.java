package chatops.execution.aliyun;

import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.ApiResponse;
import chatops.engine.cloud.Session;
import chatops.execution.aliyun.ServiceTable.Endpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * Services whose requests are signed over verb, digest, type, date, own headers and path: Message Service (API reference, "Sign
 * API requests": HMAC-SHA1, {@code MNS}) and Function Compute of the second generation ("Signature authentication": HMAC-SHA256,
 * {@code FC}). Thread-safe.
 */
final class DatedCalls {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
          "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
      .withZone(ZoneOffset.UTC);

  private final ServiceTable services;
  private final OwnProtocol protocol;
  private final InstantSource clock;

  /** What differs between the two. */
  private enum Scheme {
    MNS("MNS", "x-mns-", "security-token", "text/xml;charset=UTF-8", "", HmacAlgorithms.HMAC_SHA_1),
    FC(
        "FC",
        "x-fc-",
        "x-fc-security-token",
        "application/json",
        "/2016-08-15",
        HmacAlgorithms.HMAC_SHA_256);

    private final String word;
    private final String prefix;
    private final String tokenHeader;
    private final String contentType;
    private final String root;
    private final HmacAlgorithms algorithm;

    Scheme(
        String word,
        String prefix,
        String tokenHeader,
        String contentType,
        String root,
        HmacAlgorithms algorithm) {
      this.word = word;
      this.prefix = prefix;
      this.tokenHeader = tokenHeader;
      this.contentType = contentType;
      this.root = root;
      this.algorithm = algorithm;
    }
  }

  DatedCalls(ServiceTable services, OwnProtocol protocol, InstantSource clock) {
    this.services = services;
    this.protocol = protocol;
    this.clock = clock;
  }

  ApiResponse call(
      ServiceTable.Service service, ApiRequest request, Session session, Duration timeout) {
    ApiRequest.Roa roa = request.roa();
    if (roa == null) {
      throw OssCalls.refused(
          request,
          "NotSupported",
          "this service needs Method and URI beside Parameters; add them to the task");
    }
    Scheme scheme = service.style() == ServiceTable.Style.MNS ? Scheme.MNS : Scheme.FC;
    Endpoint endpoint = services.endpoint(service, request.regionId(), services.account(request));
    byte[] body = roa.body() == null ? new byte[0] : roa.body().getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("Content-Type", scheme.contentType);
    roa.headers().properties().forEach(e -> headers.put(e.getKey(), e.getValue().asText()));
    headers.values().removeIf(String::isEmpty);
    headers.put("x-mns-version", "2015-06-06");
    headers.keySet().removeIf(name -> name.startsWith("x-mns-") && scheme == Scheme.FC);
    if (!session.securityToken().isEmpty()) {
      headers.put(scheme.tokenHeader, session.securityToken());
    }
    String date = DATE.format(clock.instant());
    headers.put("Date", date);
    String method = roa.method().toUpperCase(Locale.ROOT);
    String path = scheme.root + (roa.uri().startsWith("/") ? roa.uri() : "/" + roa.uri());
    String signed = scheme == Scheme.FC ? PlainText.decoded(path) : path;
    String toSign = String.join(
            "\n",
            method,
            headers.getOrDefault("Content-MD5", ""),
            headers.getOrDefault("Content-Type", ""),
            date)
        + "\n" + own(headers, scheme.prefix) + signed;
    byte[] mac = new HmacUtils(scheme.algorithm, session.accessKeySecret()).hmac(toSign);
    headers.put(
        "Authorization",
        scheme.word + " " + session.accessKeyId() + ":" + Base64.getEncoder().encodeToString(mac));
    String url = (endpoint.isHttps() ? "https://" : "http://") + endpoint.host() + path;
    return protocol.send(
        request,
        new OwnProtocol.Signed(method, url, endpoint.host(), headers, body),
        session,
        timeout);
  }

  private static String own(Map<String, String> headers, String prefix) {
    TreeMap<String, String> sorted = new TreeMap<>();
    headers.forEach((name, value) -> {
      String key = name.toLowerCase(Locale.ROOT);
      if (key.startsWith(prefix)) {
        sorted.put(key, value);
      }
    });
    StringBuilder lines = new StringBuilder();
    sorted.forEach((name, value) -> lines.append(name).append(':').append(value).append('\n'));
    return lines.toString();
  }
}
