package chatops.front.slack;

import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.handover.EventKey;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonWriter;
import chatops.chat.render.SlackViews;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.url.UrlGuard;
import chatops.front.chat.Incoming;
import chatops.front.http.HttpReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A modal that was sent (docs.slack.dev, "view_submission payload"), or a select in one that asks what there is. */
final class SlackSubmission {
  private SlackSubmission() {}

  static Incoming read(SlackPayload payload, UrlGuard urls, Instant now) {
    JsonObject view = payload.json().objectOrEmpty("view");
    String callback = view.text("callback_id", "");
    boolean isChoice = callback.equals(SlackViews.CHOICE);
    if (!isChoice && !callback.equals(SlackViews.FORM)) {
      return new Incoming.Settled(HttpReply.empty(200), "a view that asks nothing");
    }
    Map<String, String> typed = typed(view.objectOrEmpty("state").objectOrEmpty("values"));
    Map<String, String> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, String> value : typed.entrySet()) {
      if (value.getKey().startsWith(SlackViews.PARAMETER)) {
        parameters.put(value.getKey().substring(SlackViews.PARAMETER.length()), value.getValue());
      }
    }
    String other = typed.getOrDefault(SlackViews.OTHER, "").strip();
    String template = typed.getOrDefault(SlackViews.TEMPLATE, "");
    String channel = typed.getOrDefault(SlackViews.CHANNEL, "");
    String id = view.text("id");
    // what the view shows is part of the key: filled anew by Execution it is another question
    String key = "view|" + id + "|" + view.text("hash", "");
    return new Incoming.Submitted(
        payload.principal(),
        new Place(Platform.SLACK, payload.tenant(), ""),
        isChoice,
        view.text("private_metadata", ""),
        parameters,
        other.isEmpty() ? template : other,
        channel,
        id,
        new EventKey(Platform.SLACK, payload.tenant(), key),
        reply(payload, channel, urls, now));
  }

  static Incoming typing(SlackPayload payload) {
    return new Incoming.Typing(
        payload.principal(),
        new Place(Platform.SLACK, payload.tenant(), ""),
        payload.json().text("value", ""),
        payload.json().objectOrEmpty("view").text("private_metadata", ""));
  }

  /** The address that comes with a chosen channel, where one was asked for. */
  private static ReplyAddress reply(
      SlackPayload payload, String channel, UrlGuard urls, Instant now) {
    for (JsonObject each : payload.json().objects("response_urls")) {
      if (each.text("channel_id", "").equals(channel)) {
        return payload.reply(each.text("response_url", ""), channel, urls, now, false);
      }
    }
    return payload.reply("", channel, urls, now, false);
  }

  private static Map<String, String> typed(JsonObject blocks) {
    Map<String, String> typed = new LinkedHashMap<>();
    for (String block : blocks.names()) {
      JsonObject input = blocks.object(block).objectOrEmpty(SlackViews.INPUT);
      typed.put(block, value(input));
    }
    return typed;
  }

  private static String value(JsonObject input) {
    if (input.has("selected_options")) {
      List<String> values = new ArrayList<>();
      for (JsonObject option : input.objects("selected_options")) {
        values.add(option.text("value"));
      }
      return values.isEmpty() ? "" : JsonWriter.write(values);
    }
    if (input.has("selected_option")) {
      return input.object("selected_option").text("value");
    }
    return input.text("selected_conversation", input.text("value", ""));
  }
}
