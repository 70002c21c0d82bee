package chatops.front.slack;

import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.handover.EventKey;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.url.UrlGuard;
import chatops.front.chat.Incoming;
import chatops.front.http.HttpReply;
import java.time.Instant;
import java.util.List;

/** An interactivity payload (docs.slack.dev, "block_actions payload"). Unknown fields are ignored. */
final class SlackClick {
  private final JsonObject payload;

  private SlackClick(JsonObject payload) {
    this.payload = payload;
  }

  /** @throws chatops.chat.json.JsonException when it is no JSON object */
  static SlackClick parse(String payload) {
    return new SlackClick(JsonObject.of(JsonReader.read(payload), ""));
  }

  String token() {
    return payload.text("token", "");
  }

  String app() {
    return payload.text("api_app_id", "");
  }

  Incoming read(UrlGuard urls, Instant now) {
    if (!payload.text("type").equals("block_actions")) {
      return new Incoming.Settled(HttpReply.empty(200), "payload type we offer nothing for");
    }
    List<JsonObject> actions = payload.objects("actions");
    String action = actions.isEmpty() ? "" : actions.get(0).text("action_id");
    if (!action.equals("approve") && !action.equals("reject")) {
      return new Incoming.Settled(HttpReply.empty(200), "a link, or an action that is not ours");
    }
    JsonObject user = payload.object("user");
    String userId = user.text("id");
    String home = user.text("team_id", "");
    String team = payload.objectOrEmpty("team").text("id", home);
    String enterprise = payload.objectOrEmpty("enterprise").text("id", "");
    String tenant = SlackCommand.tenant(enterprise, team);
    // in a shared channel the person may belong to another workspace than the channel
    String personTenant = home.isEmpty() || home.equals(team) ? tenant : home;
    String channel = payload.objectOrEmpty("channel").text("id", "");
    String url = payload.text("response_url", "");
    if (!url.isEmpty()) {
      urls.checkForm(url);
    }
    return new Incoming.Pressed(
        new Principal(
            Platform.SLACK, personTenant, userId, user.text("username", user.text("name", ""))),
        new Place(Platform.SLACK, tenant, channel),
        action.equals("approve"),
        actions.get(0).text("value", ""),
        new EventKey(Platform.SLACK, tenant, key(actions.get(0), action, userId)),
        new ReplyAddress(
            Platform.SLACK,
            tenant,
            channel,
            userId,
            url,
            now.plus(SlackCommand.URL_LIFE),
            SlackCommand.URL_USES,
            true),
        null);
  }

  /** One press by one person: Slack gives it no id of its own. */
  private String key(JsonObject action, String actionId, String userId) {
    String pressedAt = action.text("action_ts", payload.text("trigger_id", ""));
    String message = payload
        .objectOrEmpty("message")
        .text("ts", payload.objectOrEmpty("container").text("message_ts", ""));
    return "click|" + pressedAt + "|" + actionId + "|" + action.text("value", "") + "|" + message
        + "|" + userId;
  }
}
