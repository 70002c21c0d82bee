package chatops.runtime;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One answer to the platform.
 *
 * @param failed told by {@code x-fc-status: 404}, which makes FC count the invocation as failed
 */
record Reply(int status, Map<String, List<String>> headers, byte[] body, boolean failed) {
  private static final Map<String, List<String>> JSON =
      Map.of("Content-Type", List.of("application/json"));

  static Reply done() {
    return new Reply(200, Map.of(), new byte[0], false);
  }

  static Reply output(byte[] bytes) {
    return new Reply(
        200, Map.of("Content-Type", List.of("application/octet-stream")), bytes, false);
  }

  /** The handler was not asked. */
  static Reply refused(int status, String why) {
    return new Reply(status, JSON, error("RequestRefused", why), true);
  }

  /** The handler failed, or answered what cannot be sent. */
  static Reply failed(int status, String type, String why) {
    return new Reply(status, JSON, error(type, why), true);
  }

  private static byte[] error(String type, String message) {
    StringBuilder json = new StringBuilder("{\"errorType\":");
    JsonText.quote(json, type);
    JsonText.quote(json.append(",\"errorMessage\":"), message);
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  void write(HttpExchange exchange, boolean last) throws IOException {
    var out = exchange.getResponseHeaders();
    headers.forEach((name, values) -> out.put(name, values));
    out.set("X-Fc-Status", failed ? "404" : "200");
    if (last) {
      out.set("Connection", "close");
    }
    boolean bodiless =
        status == 204 || status == 304 || exchange.getRequestMethod().equals("HEAD");
    if (bodiless || body.length == 0) {
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
      // before the close, which on newer Java first waits for the rest of a request that was
      // refused
      exchange.getResponseBody().flush();
    }
  }
}
