package chatops.engine.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One OpenAPI call as a template states it: parameter names are OOS names (the Java SDK's setters), values are JSON;
 * the adapter turns both into wire form. Service and API are matched in any letter case.
 *
 * @param regionId region whose endpoint answers
 * @param roa verb, path and body of a ROA or REST call; null for RPC
 */
public record ApiRequest(
    String service,
    String api,
    String regionId,
    ObjectNode parameters,
    @Nullable Roa roa) {

  /** Service of a web request that a template asked for; its verb, whole address, headers and body are in {@link #roa}. */
  public static final String WEB = "HTTP";

  /** The REST side of a call: {@code uri} is a path with an optional query, {@code body} text sent as given. */
  public record Roa(
      String method,
      String uri,
      ObjectNode headers,
      @Nullable String body) {}

  /** A web request, which no cloud answers. */
  public boolean isWeb() {
    return service.equals(WEB);
  }

  /** {@code ECS.StartInstance}, as messages and logs name a call. */
  public String name() {
    return service + "." + api;
  }
}
