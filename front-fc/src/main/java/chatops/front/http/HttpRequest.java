package chatops.front.http;

import java.util.Map;
import java.util.TreeMap;

/**
 * One request as it reached us.
 *
 * @param path percent-encoded, without query
 * @param headers repeated ones joined by commas, names compared without regard to case
 * @param query decoded
 * @param body the raw bytes: what signatures cover
 */
public record HttpRequest(
    String method,
    String path,
    Map<String, String> headers,
    Map<String, String> query,
    byte[] body) {
  public HttpRequest {
    Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = anyCase;
  }

  /** The header's value, empty when absent. */
  public String header(String name) {
    String value = headers.get(name);
    return value == null ? "" : value;
  }

  /** The query parameter's value, empty when absent. */
  public String parameter(String name) {
    String value = query.get(name);
    return value == null ? "" : value;
  }

  public boolean isGetOrHead() {
    return method.equals("GET") || method.equals("HEAD");
  }
}
