package chatops.chat.reply;

import chatops.chat.Platform;
import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer goes, in clear: a credential. It exists in memory only, travels and rests sealed ({@link Seal}), and its
 * {@link #toString} shows no URL.
 *
 * @param channel Slack {@code channel_id}, DingTalk {@code conversationId}: for a bot token or Web API
 * @param user whom a private message concerns
 * @param url Slack {@code response_url} or DingTalk {@code sessionWebhook}; empty when there is none
 * @param urlExpiresAt 30 minutes after a Slack command, {@code sessionWebhookExpiredTime} on DingTalk
 * @param urlUses posts the URL takes in all: 5 on Slack (docs.slack.dev, "Handling user interaction"), 0 = no limit known
 * @param replaceable whether a post may replace the message the URL belongs to (a button's, never a command's)
 * @param message what the platform calls the message whose button was pressed, where it can be changed by that: DingTalk's
 *     {@code outTrackId}; else empty
 * @param direct whether the channel is a conversation with the robot alone, which DingTalk reaches by the person
 */
public record ReplyAddress(
    Platform platform,
    String tenant,
    String channel,
    String user,
    String url,
    Instant urlExpiresAt,
    int urlUses,
    boolean replaceable,
    String message,
    boolean direct) {

  /** In a channel of several people, or of a platform that does not tell them apart. */
  public ReplyAddress(
      Platform platform,
      String tenant,
      String channel,
      String user,
      String url,
      Instant urlExpiresAt,
      int urlUses,
      boolean replaceable) {
    this(platform, tenant, channel, user, url, urlExpiresAt, urlUses, replaceable, "", false);
  }

  /** Whether the URL may still be posted to. @param used posts made so far */
  public boolean isUrlUsable(Instant now, int used) {
    return !url.isEmpty() && now.isBefore(urlExpiresAt) && (urlUses == 0 || used < urlUses);
  }

  /** The same person and URL, with another channel. */
  public ReplyAddress in(String other) {
    return new ReplyAddress(platform, tenant, other, user, url, urlExpiresAt, urlUses, replaceable);
  }

  /** JSON, to be sealed. */
  public String toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("platform", platform.name());
    json.put("tenant", tenant);
    json.put("channel", channel);
    json.put("user", user);
    json.put("url", url);
    json.put("urlExpiresAt", urlExpiresAt.toString());
    json.put("urlUses", urlUses);
    json.put("replaceable", replaceable);
    if (!message.isEmpty()) {
      json.put("message", message);
    }
    if (direct) {
      json.put("direct", true);
    }
    return JsonWriter.write(json);
  }

  /** @throws SealException when the text is no reply address; does not quote it */
  public static ReplyAddress fromJson(String text) {
    try {
      JsonObject json = JsonObject.of(JsonReader.read(text), "");
      return new ReplyAddress(
          Platform.valueOf(json.text("platform")),
          json.text("tenant"),
          json.text("channel"),
          json.text("user"),
          json.text("url"),
          Instant.parse(json.text("urlExpiresAt")),
          (int) json.number("urlUses"),
          json.flag("replaceable", false),
          json.text("message", ""),
          json.flag("direct", false));
    } catch (JsonException | DateTimeException | IllegalArgumentException e) {
      throw new SealException("the sealed text is no reply address");
    }
  }

  @Override
  public String toString() {
    return "ReplyAddress[" + platform + " " + tenant + "/" + channel
        + (url.isEmpty() ? "]" : ", url …]");
  }
}
