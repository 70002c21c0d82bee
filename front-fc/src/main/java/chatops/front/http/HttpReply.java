package chatops.front.http;

import chatops.chat.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** One reply. */
public record HttpReply(int status, Map<String, String> headers, String body) {
  /** To whoever is not authenticated: nothing says which check failed. */
  public static final HttpReply UNAUTHORIZED = empty(401);

  public static HttpReply empty(int status) {
    return new HttpReply(status, Map.of("Cache-Control", "no-store"), "");
  }

  public static HttpReply text(int status, String text) {
    return typed(status, "text/plain; charset=utf-8", text);
  }

  public static HttpReply json(Map<String, ?> json) {
    return typed(200, "application/json; charset=utf-8", JsonWriter.write(json));
  }

  /** The path is there, the method is not. */
  public static HttpReply notAllowed(String allowed) {
    return empty(405).with("Allow", allowed);
  }

  public static HttpReply typed(int status, String type, String body) {
    return empty(status).with("Content-Type", type).withBody(body);
  }

  public HttpReply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpReply(status, more, body);
  }

  public HttpReply withBody(String body) {
    return new HttpReply(status, headers, body);
  }

  /** The v1 output of an HTTP trigger (manual, "HTTP trigger response structure"). */
  public byte[] toEventOutput() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("statusCode", (long) status);
    json.put("headers", headers);
    json.put("isBase64Encoded", Boolean.FALSE);
    json.put("body", body);
    return JsonWriter.bytes(json);
  }
}
