package chatops.front.slack;

import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.url.UrlGuard;
import java.time.Instant;

/** The JSON of an interaction (docs.slack.dev, "Interaction payloads"): who, where, where to answer. Unknown fields are ignored. */
final class SlackPayload {
  private final JsonObject json;

  private SlackPayload(JsonObject json) {
    this.json = json;
  }

  /** @throws chatops.chat.json.JsonException when it is no JSON object */
  static SlackPayload parse(String payload) {
    return new SlackPayload(JsonObject.of(JsonReader.read(payload), ""));
  }

  JsonObject json() {
    return json;
  }

  String type() {
    return json.text("type");
  }

  String token() {
    return json.text("token", "");
  }

  String app() {
    return json.text("api_app_id", "");
  }

  String user() {
    return json.object("user").text("id");
  }

  private String home() {
    return json.object("user").text("team_id", "");
  }

  private String team() {
    // null where the app is installed for a whole organisation
    return json.objectOrEmpty("team").text("id", home());
  }

  String tenant() {
    return SlackCommand.tenant(json.objectOrEmpty("enterprise").text("id", ""), team());
  }

  Principal principal() {
    JsonObject user = json.object("user");
    String home = home();
    // in a shared channel the person may belong to another workspace than the channel
    String tenant = home.isEmpty() || home.equals(team()) ? tenant() : home;
    return new Principal(
        Platform.SLACK, tenant, user(), user.text("username", user.text("name", "")));
  }

  String channel() {
    return json.objectOrEmpty("channel").text("id", "");
  }

  Place place() {
    return new Place(Platform.SLACK, tenant(), channel());
  }

  /** @param replaceable whether a post may replace the message it came from */
  ReplyAddress reply(UrlGuard urls, Instant now, boolean replaceable) {
    return reply(json.text("response_url", ""), channel(), urls, now, replaceable);
  }

  ReplyAddress reply(String url, String channel, UrlGuard urls, Instant now, boolean replaceable) {
    if (!url.isEmpty()) {
      urls.checkForm(url);
    }
    return new ReplyAddress(
        Platform.SLACK,
        tenant(),
        channel,
        user(),
        url,
        now.plus(SlackCommand.URL_LIFE),
        SlackCommand.URL_USES,
        replaceable);
  }
}
