package chatops.front.http;

import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** The v1 event of an HTTP trigger (manual, "HTTP trigger request structure") as a request. */
public final class HttpEvent {
  private HttpEvent() {}

  /** @throws JsonException when the bytes are no such event: a timer's, a queue's, or garbage */
  public static HttpRequest read(byte[] event) {
    JsonObject json = JsonReader.object(event);
    JsonObject http = json.object("requestContext").object("http");
    String path = json.text("rawPath", "");
    return new HttpRequest(
        http.text("method").toUpperCase(Locale.ROOT),
        path.isEmpty() ? http.text("path") : path,
        json.textMap("headers"),
        json.textMap("queryParameters"),
        body(json));
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
