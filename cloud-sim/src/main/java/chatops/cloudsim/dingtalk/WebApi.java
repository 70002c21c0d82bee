package chatops.cloudsim.dingtalk;

import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * DingTalk's Web API as far as the application uses it: its token, messages of its robot, cards. Failures are HTTP 4xx with a
 * {@code code}. Thread-safe.
 */
public final class WebApi {
  private static final Duration LIFE = Duration.ofHours(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DingTalkApp app;
  private final InstantSource clock;
  private final Names names;
  private final DingTalkGroups groups;
  private final Cards cards;
  private final Map<String, Instant> tokens = new HashMap<>();

  WebApi(DingTalkApp app, InstantSource clock, Names names, DingTalkGroups groups, Cards cards) {
    this.app = app;
    this.clock = clock;
    this.names = names;
    this.groups = groups;
    this.cards = cards;
  }

  /** @param path without the query */
  public ApiAnswer call(String method, String path, String token, byte[] body) {
    JsonNode call = RobotMessages.read(body).orElse(null);
    if (call == null) {
      return ApiAnswer.refused(400, "InvalidParameter", "the body is not a JSON object");
    }
    if (path.equals("/v1.0/oauth2/accessToken")) {
      return token(call);
    }
    if (!isGood(token)) {
      return ApiAnswer.refused(401, "InvalidAuthentication", "the access token is not valid");
    }
    return switch (method + " " + path) {
      case "POST /v1.0/card/callbacks/register" -> cards.register(call);
      case "POST /v1.0/card/instances/createAndDeliver" -> cards.create(call);
      case "PUT /v1.0/card/instances" -> cards.update(call);
      case "POST /v1.0/robot/groupMessages/send" ->
        said(call, call.path("openConversationId").asText());
      case "POST /v1.0/robot/oToMessages/batchSend" ->
        said(call, "user:" + call.path("userIds").path(0).asText());
      default -> ApiAnswer.refused(404, "InvalidAction.NotFound", method + " " + path);
    };
  }

  private synchronized ApiAnswer token(JsonNode call) {
    boolean isOurs = call.path("appKey").asText().equals(app.appKey())
        && call.path("appSecret").asText().equals(app.appSecret());
    if (!isOurs) {
      return ApiAnswer.refused(400, "invalidClientIdOrSecret", "appKey or appSecret is wrong");
    }
    String token = names.word(32);
    tokens.put(token, clock.instant().plus(LIFE));
    return ApiAnswer.of(JsonNodeFactory.instance
        .objectNode()
        .put("accessToken", token)
        .put("expireIn", LIFE.toSeconds()));
  }

  private synchronized boolean isGood(String token) {
    return clock.instant().isBefore(tokens.getOrDefault(token, Instant.MIN));
  }

  /** Its parameters come as a text that is JSON. */
  private ApiAnswer said(JsonNode call, String conversation) {
    JsonNode parameters;
    try {
      parameters = JSON.readTree(call.path("msgParam").asText());
    } catch (JsonProcessingException e) {
      return ApiAnswer.refused(400, "invalidParameter.msgParam", "msgParam is no JSON");
    }
    if (!call.path("robotCode").asText().equals(app.appKey())) {
      return ApiAnswer.refused(400, "invalidParameter.robotCode", "no such robot");
    }
    String kind = call.path("msgKey").asText();
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    switch (kind) {
      case "sampleMarkdown" -> message.put("msgtype", "markdown").set("markdown", parameters);
      case "sampleText" -> message.put("msgtype", "text").set("text", parameters);
      default -> {
        return ApiAnswer.refused(400, "invalidParameter.msgKey", "msgKey " + kind);
      }
    }
    groups.post(conversation, "robot", message);
    return ApiAnswer.of(
        JsonNodeFactory.instance.objectNode().put("processQueryKey", names.word(22)));
  }
}
