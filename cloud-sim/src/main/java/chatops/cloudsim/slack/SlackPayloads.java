package chatops.cloudsim.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** The JSON an app gets when somebody acts (page "block_actions payload"). */
final class SlackPayloads {
  private final SlackApp app;

  SlackPayloads(SlackApp app) {
    this.app = app;
  }

  /** What every interaction says about person and app. */
  private ObjectNode payload(String type, String user) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("type", type);
    payload
        .putObject("user")
        .put("id", user)
        .put("username", user.toLowerCase(Locale.ROOT))
        .put("name", user.toLowerCase(Locale.ROOT))
        .put("team_id", app.teamId());
    payload.put("api_app_id", app.appId()).put("token", app.verificationToken());
    payload.putObject("team").put("id", app.teamId()).put("domain", app.teamDomain());
    return payload.putNull("enterprise").put("is_enterprise_install", false);
  }

  /** @param responseUrls one for each select that asks for one, by channel */
  String submission(Modal modal, String trigger, Map<String, String> responseUrls) {
    ObjectNode payload = payload("view_submission", modal.user()).put("trigger_id", trigger);
    payload.set("view", modal.json(app));
    ArrayNode urls = payload.putArray("response_urls");
    responseUrls.forEach(
        (channel, url) -> urls.addObject().put("channel_id", channel).put("response_url", url));
    return payload.toString();
  }

  String closed(Modal modal, boolean all) {
    ObjectNode payload = payload("view_closed", modal.user()).put("is_cleared", all);
    payload.set("view", modal.json(app));
    return payload.toString();
  }

  String suggestion(Modal modal, JsonNode block, String typed) {
    ObjectNode payload = payload("block_suggestion", modal.user())
        .put("block_id", block.path("block_id").asText())
        .put("action_id", block.path("element").path("action_id").asText())
        .put("value", typed);
    payload.putObject("container").put("type", "view").put("view_id", modal.id());
    payload.set("view", modal.json(app));
    return payload.toString();
  }

  String shortcut(String user, String callbackId, String trigger, Instant now) {
    return payload("shortcut", user)
        .put("callback_id", callbackId)
        .put("trigger_id", trigger)
        .put("action_ts", ts(now))
        .toString();
  }

  String messageShortcut(
      String user,
      SlackMessage message,
      String callbackId,
      String trigger,
      String responseUrl,
      Instant now) {
    ObjectNode payload = payload("message_action", user)
        .put("callback_id", callbackId)
        .put("trigger_id", trigger)
        .put("message_ts", message.ts())
        .put("response_url", responseUrl)
        .put("action_ts", ts(now));
    payload.putObject("channel").put("id", message.channel());
    ObjectNode shown = payload.putObject("message");
    shown.put("type", "message").put("ts", message.ts()).put("text", message.text());
    shown.set("blocks", message.blocks());
    return payload.toString();
  }

  private static String ts(Instant now) {
    return "%d.%06d".formatted(now.getEpochSecond(), now.getNano() / 1000);
  }

  String click(
      String user,
      SlackMessage message,
      JsonNode element,
      String trigger,
      String responseUrl,
      Instant now) {
    ObjectNode payload = payload("block_actions", user);
    payload
        .putObject("container")
        .put("type", "message")
        .put("message_ts", message.ts())
        .put("channel_id", message.channel())
        .put("is_ephemeral", message.onlyFor().isPresent());
    payload.put("trigger_id", trigger);
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
    action.put("action_ts", ts(now));
    return payload.toString();
  }
}
