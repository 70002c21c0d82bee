package chatops.execution.notify;

import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import chatops.chat.url.UrlGuard;
import chatops.chat.url.UrlRefusedException;
import chatops.chat.url.WebPost;
import chatops.execution.notify.DingTalkPosts.Posted;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * DingTalk's Web API with the application's own token (open.dingtalk.com: "Obtain the access token of an application", "Send messages
 * by the robot", "Create and deliver cards", "Update cards"). Failures come as HTTP 4xx with a {@code code}. Thread-safe.
 */
public final class DingTalkApi {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** A token is renewed so long before it ends. */
  private static final Duration EARLY = Duration.ofMinutes(5);

  private static final int TITLE = 100;

  private final UrlGuard guard;
  private final String baseUrl;
  private final String appKey;
  private final String appSecret;
  private final InstantSource clock;
  private @Nullable Token token;

  private record Token(String value, Instant until) {}

  /**
   * @param baseUrl {@code https://api.dingtalk.com}, or what {@code DINGTALK_API_URL} says
   * @param appKey client id of the application, which is its robot's code too
   */
  public DingTalkApi(
      UrlGuard guard, String baseUrl, String appKey, String appSecret, InstantSource clock) {
    this.guard = guard;
    this.baseUrl = baseUrl.replaceFirst("/+$", "");
    this.appKey = appKey;
    this.appSecret = appSecret;
    this.clock = clock;
  }

  Posted group(String conversation, Map<String, Object> message) {
    Map<String, Object> json = said(message);
    json.put("openConversationId", conversation);
    return call("POST", "/v1.0/robot/groupMessages/send", json);
  }

  Posted person(String user, Map<String, Object> message) {
    Map<String, Object> json = said(message);
    json.put("userIds", List.of(user));
    return call("POST", "/v1.0/robot/oToMessages/batchSend", json);
  }

  /** Asks once more for the same {@code outTrackId} changes nothing. */
  Posted createCard(Map<String, Object> card) {
    return call("POST", "/v1.0/card/instances/createAndDeliver", card);
  }

  Posted updateCard(Map<String, Object> card) {
    return call("PUT", "/v1.0/card/instances", card);
  }

  String robotCode() {
    return appKey;
  }

  /** A robot's message in the form of the API: what its buttons do becomes links in the text. */
  private Map<String, Object> said(Map<String, Object> message) {
    JsonObject body = JsonReader.object(JsonWriter.bytes(message));
    JsonObject content = body.object(body.text("msgtype"));
    StringBuilder text = new StringBuilder(content.text("text", ""));
    for (JsonObject button : content.objects("btns")) {
      text.append("\n\n[").append(button.text("title")).append("](");
      text.append(button.text("actionURL")).append(')');
    }
    String title = content.text("title", "");
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("title", title.length() > TITLE ? title.substring(0, TITLE) : title);
    parameters.put("text", text.toString());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("robotCode", appKey);
    json.put("msgKey", "sampleMarkdown");
    json.put("msgParam", JsonWriter.write(parameters));
    return json;
  }

  private Posted call(String method, String path, Map<String, Object> json) {
    try {
      WebPost.Answer answer = send(method, path, json, token());
      if (answer.status() == 401) {
        forget();
        answer = send(method, path, json, token());
      }
      return read(path, answer);
    } catch (UrlRefusedException e) {
      return Posted.of(Delivery.dead("DINGTALK_API_URL refused: " + e.getMessage()));
    } catch (IOException e) {
      return Posted.of(
          Delivery.failed(path + ": no answer (" + e.getClass().getSimpleName() + ")"));
    } catch (JsonException e) {
      return Posted.of(Delivery.failed(path + ": the answer is no JSON object"));
    }
  }

  private WebPost.Answer send(String method, String path, Map<String, Object> json, String token)
      throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json; charset=utf-8");
    if (!token.isEmpty()) {
      headers.put("x-acs-dingtalk-access-token", token);
    }
    return WebPost.send(
        guard.check(baseUrl + path), method, headers, JsonWriter.bytes(json), TIMEOUT);
  }

  private static Posted read(String path, WebPost.Answer answer) {
    if (answer.status() == 200) {
      return Posted.of(Delivery.DONE);
    }
    String code = code(answer);
    String detail = path + ": HTTP " + answer.status() + " " + code;
    boolean isTooFast = answer.status() == 429
        || code.equals("send.too.fast")
        || code.startsWith("Forbidden.AccessDenied.Qps");
    boolean mayPass = isTooFast || answer.status() >= 500 || answer.status() == 401;
    return new Posted(mayPass ? Delivery.failed(detail) : Delivery.dead(detail), isTooFast);
  }

  private static String code(WebPost.Answer answer) {
    try {
      String code = JsonReader.object(answer.body()).text("code", "");
      return code.length() > 80 ? code.substring(0, 80) : code;
    } catch (JsonException e) {
      return "";
    }
  }

  private synchronized void forget() {
    token = null;
  }

  private synchronized String token() throws IOException {
    Token known = token;
    if (known != null && clock.instant().isBefore(known.until())) {
      return known.value();
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("appKey", appKey);
    json.put("appSecret", appSecret);
    WebPost.Answer answer = send("POST", "/v1.0/oauth2/accessToken", json, "");
    if (answer.status() != 200) {
      throw new IOException("no access token: HTTP " + answer.status() + " " + code(answer));
    }
    JsonObject given = JsonReader.object(answer.body());
    Token fresh = new Token(
        given.text("accessToken"),
        clock.instant().plusSeconds(given.number("expireIn", 7200)).minus(EARLY));
    token = fresh;
    return fresh.value();
  }

  @Override
  public String toString() {
    return "DingTalkApi[" + appKey + "]";
  }
}
