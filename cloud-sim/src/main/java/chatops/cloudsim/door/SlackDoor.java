package chatops.cloudsim.door;

import chatops.cloudsim.cloud.CallLog;
import chatops.cloudsim.cloud.Faults;
import chatops.cloudsim.http.Door;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.http.WebRequest;
import chatops.cloudsim.slack.SlackApi;
import chatops.cloudsim.slack.SlackRefusal;
import chatops.cloudsim.slack.SlackWorkspace;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Slack's receiving ends: response URLs ({@code /commands/…}, {@code /actions/…}) and the Web API ({@code /api/<method>}). */
public final class SlackDoor implements Door {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final SlackWorkspace slack;
  private final CallLog log;
  private final Faults faults;

  public SlackDoor(SlackWorkspace slack, CallLog log, Faults faults) {
    this.slack = slack;
    this.log = log;
    this.faults = faults;
  }

  @Override
  public WebReply answer(WebRequest request) {
    boolean isApi = request.path().startsWith("/api/");
    String api = isApi ? request.path().substring(5) : "response_url";
    WebReply reply = DoorFaults.ofChat(
        faults.hit("Slack", api), () -> isApi ? call(api, request) : hook(request));
    String shown = reply.text();
    log.add(
        isApi ? "bot" : "response_url",
        "Slack",
        api,
        "",
        Map.of("bytes", String.valueOf(request.body().length)),
        reply.status(),
        shown.equals("ok") || shown.contains("\"ok\":true")
            ? "OK"
            : shown.length() > 120 ? shown.substring(0, 120) : shown,
        "",
        Duration.ZERO);
    return reply;
  }

  private WebReply hook(WebRequest request) {
    if (!request.method().equals("POST")) {
      return WebReply.of(405, "text/plain", "method_not_allowed");
    }
    try {
      slack.hooks().post(request.path(), request.text());
      return WebReply.of(200, "text/plain; charset=utf-8", "ok");
    } catch (SlackRefusal refusal) {
      return WebReply.of(refusal.status(), "text/plain; charset=utf-8", refusal.error());
    }
  }

  private WebReply call(String method, WebRequest request) {
    SlackApi.Answer answer =
        slack.api().call(method, request.header("Authorization"), arguments(request));
    WebReply reply = WebReply.json(answer.status(), answer.body().toString());
    if (answer.retryAfter().isPresent()) {
      return reply.with(
          "Retry-After", String.valueOf(Math.max(1, answer.retryAfter().get().toSeconds())));
    }
    return reply;
  }

  private static JsonNode arguments(WebRequest request) {
    try {
      if (!request.isForm()) {
        return JSON.readTree(request.body());
      }
      ObjectNode arguments = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, String> field : WebRequest.pairs(request.text())) {
        boolean isJson = field.getKey().equals("blocks") || field.getKey().equals("view");
        arguments.set(
            field.getKey(),
            isJson
                ? JSON.readTree(field.getValue())
                : JsonNodeFactory.instance.textNode(field.getValue()));
      }
      return arguments;
    } catch (IOException | IllegalArgumentException unreadable) {
      return JsonNodeFactory.instance.objectNode();
    }
  }
}
