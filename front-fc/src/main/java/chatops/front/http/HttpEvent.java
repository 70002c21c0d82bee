package chatops.front.http;

import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The v1 event of an HTTP trigger (manual, "HTTP trigger request structure") as a request. */
public final class HttpEvent {
  private HttpEvent() {}

  /** @throws JsonException when the bytes are no such event: a timer's, a queue's, or garbage */
  public static HttpRequest read(byte[] event) {
    JsonObject json = JsonReader.object(event);
    JsonObject context = json.object("requestContext");
    JsonObject http = context.object("http");
    String path = json.text("rawPath", "");
    return new HttpRequest(
        http.text("method").toUpperCase(Locale.ROOT),
        path.isEmpty() ? http.text("path") : path,
        headers(json.textMap("headers"), context.text("domainName", "")),
        json.textMap("queryParameters"),
        body(json));
  }

  /** Where the platform leaves {@code Host} out, {@code domainName} of the event says the same. */
  private static Map<String, String> headers(Map<String, String> given, String domain) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(given);
    if (!domain.isEmpty()) {
      headers.putIfAbsent("Host", domain);
    }
    return headers;
  }

  private static byte[] body(JsonObject json) {
    String body = json.text("body", "");
    if (!json.flag("isBase64Encoded", false)) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new JsonException("body is not base64, though isBase64Encoded says so");
    }
  }
}
