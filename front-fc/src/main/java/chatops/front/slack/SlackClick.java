package chatops.front.slack;

import chatops.chat.Platform;
import chatops.chat.handover.EventKey;
import chatops.chat.json.JsonObject;
import chatops.chat.url.UrlGuard;
import chatops.front.chat.Incoming;
import chatops.front.http.HttpReply;
import java.time.Instant;
import java.util.List;

/** A press of a button (docs.slack.dev, "block_actions payload"). */
final class SlackClick {
  private static final List<String> ACTIONS = List.of("approve", "reject", "retry", "skip", "stop");

  private SlackClick() {}

  static Incoming read(SlackPayload payload, UrlGuard urls, Instant now) {
    List<JsonObject> actions = payload.json().objects("actions");
    String action = actions.isEmpty() ? "" : actions.get(0).text("action_id");
    if (!ACTIONS.contains(action)) {
      return new Incoming.Settled(HttpReply.empty(200), "a link, or an action that is not ours");
    }
    String key = key(payload, actions.get(0), action);
    return new Incoming.Pressed(
        payload.principal(),
        payload.place(),
        action,
        actions.get(0).text("value", ""),
        new EventKey(Platform.SLACK, payload.tenant(), key),
        payload.reply(urls, now, true),
        null);
  }

  /** One press by one person: Slack gives it no id of its own. */
  private static String key(SlackPayload payload, JsonObject action, String actionId) {
    JsonObject json = payload.json();
    String pressedAt = action.text("action_ts", json.text("trigger_id", ""));
    String message = json.objectOrEmpty("message")
        .text("ts", json.objectOrEmpty("container").text("message_ts", ""));
    return "click|" + pressedAt + "|" + actionId + "|" + action.text("value", "") + "|" + message
        + "|" + payload.user();
  }
}
