package chatops.execution.aliyun;

import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiException.Verdict;
import chatops.engine.cloud.ApiRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Product code, API version and host of every service, from {@code services.json}, so that no call depends on the SDK's
 * own endpoint resolution. {@code CHATOPS_ENDPOINTS} replaces hosts: {@code ecs=http://127.0.0.1:8080},
 * {@code ecs.cn-hangzhou=…} for one region, {@code *=…} for all. Immutable and thread-safe.
 */
public final class ServiceTable {
  /** How a service is called. */
  enum Style {
    RPC,
    ROA,
    OSS,
    MNS,
    /** Function Compute of the second generation, which signs in its own way. */
    FC,
    /** Named in templates, but not callable from outside the vendor. */
    INTERNAL
  }

  record Service(
      String name,
      String product,
      String version,
      Style style,
      String host,
      @Nullable String overseasHost) {}

  /** Where one call goes; {@code host} may carry a port. */
  record Endpoint(boolean isHttps, String host) {}

  private static final Pattern REGION = Pattern.compile("[a-z]{2}-[a-z0-9-]{2,30}");

  private final Map<String, Service> services = new TreeMap<>();
  private final Map<String, Endpoint> overrides;
  private final String account;

  /**
   * @param endpoints value of {@code CHATOPS_ENDPOINTS}, or empty
   * @param account account id, part of some host names
   */
  public ServiceTable(String endpoints, String account) {
    this.account = account;
    this.overrides = overrides(endpoints);
    JsonNode table = read();
    for (Map.Entry<String, JsonNode> entry : table.properties()) {
      JsonNode row = entry.getValue();
      JsonNode overseas = row.get("overseas");
      services.put(
          entry.getKey(),
          new Service(
              entry.getKey(),
              row.get("product").textValue(),
              row.get("version").textValue(),
              Style.valueOf(row.path("style").asText("RPC")),
              row.get("host").textValue(),
              overseas == null ? null : overseas.textValue()));
    }
  }

  /** @throws ApiException when the service is unknown */
  Service service(String name) {
    Service service = services.get(name.toLowerCase(Locale.ROOT));
    if (service == null && name.toLowerCase(Locale.ROOT).endsWith(".aliyuncs.com")) {
      return service(name.substring(0, name.length() - ".aliyuncs.com".length()));
    }
    if (service == null) {
      throw refused(
          name,
          "UnknownService",
          "service '" + name + "' is not in the service table; known: " + services.keySet());
    }
    return service;
  }

  /** The account a call names, or else the configured one. */
  String account(ApiRequest request) {
    String named = request.parameters().path("AccountId").asText("");
    return named.isEmpty() ? account : named;
  }

  /** The endpoint in the configured account. */
  Endpoint endpoint(Service service, String region) {
    return endpoint(service, region, account);
  }

  /**
   * @param owner account id where it is part of the host name
   * @throws ApiException when region or account could not be part of a host name
   */
  Endpoint endpoint(Service service, String region, String owner) {
    if (!owner.matches("[0-9]*")) {
      throw refused(
          service.name(), "InvalidAccountId", "'" + owner + "' is no account id: digits only");
    }
    // a region comes from template parameters: it must not be able to move a signed call to another
    // host
    if (!REGION.matcher(region).matches()) {
      throw refused(
          service.name(),
          "InvalidRegionId",
          "'" + region + "' is no region id, such as cn-hangzhou");
    }
    for (String key : new String[] {service.name() + "." + region, service.name(), "*"}) {
      Endpoint endpoint = overrides.get(key);
      if (endpoint != null) {
        return endpoint;
      }
    }
    String overseas = service.overseasHost();
    String pattern = overseas != null && !region.startsWith("cn-") ? overseas : service.host();
    return new Endpoint(true, pattern.replace("{region}", region).replace("{account}", owner));
  }

  private static Map<String, Endpoint> overrides(String endpoints) {
    Map<String, Endpoint> result = new HashMap<>();
    for (String part : endpoints.split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "CHATOPS_ENDPOINTS: '" + part.strip() + "': expected service=http://host:port");
      }
      String url = part.substring(equals + 1).strip();
      boolean isHttps = !url.startsWith("http://");
      String host = url.replaceFirst("^https?://", "").replaceFirst("/+$", "");
      if (!host.matches("[A-Za-z0-9.-]+(:\\d{1,5})?")) {
        throw new IllegalArgumentException("CHATOPS_ENDPOINTS: '" + part.strip()
            + "': expected host or host:port after the scheme");
      }
      result.put(
          part.substring(0, equals).strip().toLowerCase(Locale.ROOT), new Endpoint(isHttps, host));
    }
    return Map.copyOf(result);
  }

  private static JsonNode read() {
    try (InputStream in = ServiceTable.class.getResourceAsStream("services.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ApiException refused(String api, String code, String message) {
    return new ApiException(api, code, message, "", 0, Verdict.FINAL, null);
  }
}
