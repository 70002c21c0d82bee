package chatops.cloudsim.dingtalk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The message bodies a robot may send (page "Custom robot: message types"). */
final class RobotMessages {
  static final int LARGEST = 20_000;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, List<String>> NEEDED = Map.of(
      "text", List.of("content"),
      "markdown", List.of("title", "text"),
      "link", List.of("title", "text", "messageUrl"),
      "actionCard", List.of("title", "text"),
      "feedCard", List.of("links"));

  private RobotMessages() {}

  /** The body, or what DingTalk says is wrong with it. */
  static Optional<JsonNode> read(byte[] body) {
    try {
      return Optional.of(JSON.readTree(body)).filter(JsonNode::isObject);
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  static Optional<RobotAnswer> complaint(JsonNode message) {
    String type = message.path("msgtype").asText();
    List<String> needed = NEEDED.get(type);
    if (needed == null) {
      return Optional.of(new RobotAnswer(400105, "unsupported msgtype: " + type));
    }
    for (String field : needed) {
      JsonNode value = message.path(type).path(field);
      if (value.isMissingNode()
          || value.isNull()
          || (value.isTextual() && value.asText().isEmpty())) {
        return Optional.of(new RobotAnswer(40035, "missing parameter: " + type + "." + field));
      }
    }
    return Optional.empty();
  }
}
