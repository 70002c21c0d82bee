package chatops.cloudsim.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;

/** The JSON an app gets when somebody acts (page "block_actions payload"). */
final class SlackPayloads {
  private final SlackApp app;

  SlackPayloads(SlackApp app) {
    this.app = app;
  }

  String click(
      String user,
      SlackMessage message,
      JsonNode element,
      String trigger,
      String responseUrl,
      Instant now) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("type", "block_actions");
    payload
        .putObject("user")
        .put("id", user)
        .put("username", user.toLowerCase(Locale.ROOT))
        .put("team_id", app.teamId());
    payload.put("api_app_id", app.appId()).put("token", app.verificationToken());
    payload
        .putObject("container")
        .put("type", "message")
        .put("message_ts", message.ts())
        .put("channel_id", message.channel())
        .put("is_ephemeral", message.onlyFor().isPresent());
    payload.put("trigger_id", trigger);
    payload.putObject("team").put("id", app.teamId()).put("domain", app.teamDomain());
    payload.putNull("enterprise").put("is_enterprise_install", false);
    payload.putObject("channel").put("id", message.channel());
    if (message.onlyFor().isEmpty()) {
      ObjectNode shown = payload.putObject("message");
      shown
          .put("type", "message")
          .put("ts", message.ts())
          .put("text", message.text())
          .put("app_id", app.appId());
      shown.set("blocks", message.blocks());
    }
    payload.putObject("state").putObject("values");
    payload.put("response_url", responseUrl);
    ObjectNode action = payload.putArray("actions").addObject();
    action.setAll((ObjectNode) element);
    action.put("action_ts", "%d.%06d".formatted(now.getEpochSecond(), now.getNano() / 1000));
    return payload.toString();
  }
}
