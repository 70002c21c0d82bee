package chatops.execution.aliyun;

import chatops.chat.fc.FunctionClient;
import chatops.chat.oss.OssSignature;
import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiException.Verdict;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.ApiResponse;
import chatops.engine.cloud.Session;
import chatops.execution.aliyun.ServiceTable.Endpoint;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * OSS as templates call it (specification 12.4): {@code BucketName} and {@code RegionId} choose the host, {@code URI} is a
 * sub-resource such as {@code ?acl} or an object's name, other parameters go into the query. {@code GenerateUrl} is no API: it
 * signs a URL here. Thread-safe.
 */
final class OssCalls {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
  private static final Set<String> OWN = Set.of(
      "bucketname", "regionid", "accountid", "expires", "internal", "objectname", "objectkey");
  private static final long LONGEST_URL = 7 * 24 * 3600;
  private static final long USUAL_URL = 6000;

  private final ServiceTable services;
  private final OwnProtocol protocol;
  private final InstantSource clock;

  /** What a call is about: the bucket, the object's name in plain, and the query. */
  private record Target(String bucket, String object, TreeMap<String, String> query) {
    String resource() {
      return bucket.isEmpty() ? "/" : "/" + bucket + "/" + object;
    }
  }

  OssCalls(ServiceTable services, OwnProtocol protocol, InstantSource clock) {
    this.services = services;
    this.protocol = protocol;
    this.clock = clock;
  }

  ApiResponse call(ApiRequest request, Session session, Duration timeout) {
    boolean isUrl = request.api().equalsIgnoreCase("GenerateUrl");
    ApiRequest.Roa roa = isUrl && request.roa() == null
        ? OssOperation.roa("GET", "", "", request)
        : request.roa() == null ? OssOperation.named(request) : request.roa();
    Target target = target(request, roa, isUrl);
    Endpoint endpoint = services.endpoint(services.service("oss"), request.regionId());
    OssSignature signature = new OssSignature(
        new FunctionClient.Key(
            session.accessKeyId(), session.accessKeySecret(), session.securityToken()),
        request.regionId(),
        clock.instant());
    String method = roa.method().toUpperCase(Locale.ROOT);
    if (isUrl) {
      long seconds = seconds(request);
      Map<String, String> query = signature.presigned(method, target.resource(), seconds);
      String url = url(inside(endpoint, request), target, query);
      return new ApiResponse(JsonNodeFactory.instance.objectNode().put("Url", url), "");
    }
    byte[] body = roa.body() == null ? new byte[0] : roa.body().getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = headers(roa, body, session, signature);
    headers.put(
        "Authorization",
        signature.authorization(method, target.resource(), target.query(), headers));
    String url = url(endpoint, target, target.query());
    return protocol.send(
        request,
        new OwnProtocol.Signed(method, url, endpoint.host(), headers, body),
        session,
        timeout);
  }

  private static Target target(ApiRequest request, ApiRequest.Roa roa, boolean isUrl) {
    String bucket = parameter(request, "BucketName");
    if (!bucket.isEmpty() && !BUCKET.matcher(bucket).matches()) {
      throw refused(
          request,
          "InvalidBucketName",
          "BucketName '" + bucket + "' is none: 3 to 63 small letters, digits and hyphens");
    }
    String uri = roa.uri();
    int question = uri.indexOf('?');
    String object = uri.substring(0, question < 0 ? uri.length() : question);
    TreeMap<String, String> query = new TreeMap<>();
    if (question >= 0) {
      for (String pair : uri.substring(question + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        if (!name.isEmpty()) {
          query.put(
              PlainText.decoded(name),
              equals < 0 ? "" : PlainText.decoded(pair.substring(equals + 1)));
        }
      }
    }
    for (Map.Entry<String, JsonNode> each : request.parameters().properties()) {
      if (!isUrl && !OWN.contains(each.getKey().toLowerCase(Locale.ROOT))) {
        query.put(each.getKey(), each.getValue().asText());
      }
    }
    String name = PlainText.decoded(object.startsWith("/") ? object.substring(1) : object);
    if (!name.isEmpty() && bucket.isEmpty()) {
      throw refused(request, "MissingParameter", "an object needs Parameters.BucketName");
    }
    return new Target(bucket, name, query);
  }

  private Map<String, String> headers(
      ApiRequest.Roa roa, byte[] body, Session session, OssSignature signature) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    roa.headers().properties().forEach(e -> headers.put(e.getKey(), e.getValue().asText()));
    // given empty, it asks to be computed
    if (headers.containsKey("Content-MD5") && headers.get("Content-MD5").isEmpty()) {
      headers.put("Content-MD5", Base64.getEncoder().encodeToString(DigestUtils.md5(body)));
    }
    headers.values().removeIf(String::isEmpty);
    headers.put("x-oss-date", signature.stamp());
    headers.put("x-oss-content-sha256", "UNSIGNED-PAYLOAD");
    if (!session.securityToken().isEmpty()) {
      headers.put("x-oss-security-token", session.securityToken());
    }
    return headers;
  }

  /** Buckets are part of the host name, but not where the host is an address. */
  private static String url(Endpoint endpoint, Target target, Map<String, String> query) {
    String scheme = endpoint.isHttps() ? "https://" : "http://";
    boolean isAddress = endpoint.host().matches("(\\d+\\.){3}\\d+(:\\d+)?|localhost(:\\d+)?");
    String host = isAddress || target.bucket().isEmpty()
        ? endpoint.host()
        : target.bucket() + "." + endpoint.host();
    String path = OssSignature.path(isAddress ? target.resource() : "/" + target.object());
    String encoded = OssSignature.query(query);
    return scheme + host + path + (encoded.isEmpty() ? "" : "?" + encoded);
  }

  private static Endpoint inside(Endpoint endpoint, ApiRequest request) {
    boolean isInternal = parameter(request, "Internal").equalsIgnoreCase("true");
    return isInternal && endpoint.host().endsWith(".aliyuncs.com")
        ? new Endpoint(
            endpoint.isHttps(), endpoint.host().replace(".aliyuncs.com", "-internal.aliyuncs.com"))
        : endpoint;
  }

  private static long seconds(ApiRequest request) {
    String given = parameter(request, "Expires");
    if (given.isEmpty()) {
      return USUAL_URL;
    }
    if (given.matches("[0-9]{1,9}")
        && Long.parseLong(given) >= 1
        && Long.parseLong(given) <= LONGEST_URL) {
      return Long.parseLong(given);
    }
    throw refused(
        request,
        "InvalidExpires",
        "Expires '" + given + "': expected 1 to " + LONGEST_URL + " seconds");
  }

  static String parameter(ApiRequest request, String name) {
    for (Map.Entry<String, JsonNode> e : request.parameters().properties()) {
      if (e.getKey().equalsIgnoreCase(name)) {
        return e.getValue().asText("");
      }
    }
    return "";
  }

  static ApiException refused(ApiRequest request, String code, String message) {
    return new ApiException(request.name(), code, message, "", 0, Verdict.FINAL, null);
  }
}
