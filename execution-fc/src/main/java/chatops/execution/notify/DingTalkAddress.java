package chatops.execution.notify;

import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One way to a conversation: a credential where it is a web hook, so it rests sealed.
 *
 * @param kind how it is reached
 * @param target the web hook, the {@code openConversationId}, or the person's user id
 * @param until when a session's web hook ends; others do not
 */
record DingTalkAddress(Kind kind, String target, Instant until) {
  /** The ways there are. */
  enum Kind {
    /** The {@code sessionWebhook} that came with a message. */
    SESSION,
    /** A custom robot of a group. */
    ROBOT,
    /** The application robot, in a group. */
    GROUP,
    /** The application robot, to one person. */
    PERSON
  }

  private static final Instant ALWAYS = Instant.parse("9999-01-01T00:00:00Z");

  static DingTalkAddress session(String url, Instant until) {
    return new DingTalkAddress(Kind.SESSION, url, until);
  }

  static DingTalkAddress always(Kind kind, String target) {
    return new DingTalkAddress(kind, target, ALWAYS);
  }

  boolean isUsable(Instant now) {
    return now.isBefore(until);
  }

  /** The access token of a custom robot, whichever way its address is written. */
  String robot() {
    int from = target.indexOf("access_token=");
    int to = from < 0 ? -1 : target.indexOf('&', from);
    return from < 0 ? target : target.substring(from, to < 0 ? target.length() : to);
  }

  String toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", kind.name());
    json.put("target", target);
    json.put("until", until.toString());
    return JsonWriter.write(json);
  }

  /** @throws JsonException when the text is none */
  static DingTalkAddress fromJson(String text) {
    JsonObject json = JsonObject.of(JsonReader.read(text), "");
    return new DingTalkAddress(
        Kind.valueOf(json.text("kind")), json.text("target"), Instant.parse(json.text("until")));
  }

  /** Shows the way, not where it leads. */
  @Override
  public String toString() {
    return "DingTalkAddress[" + kind + "]";
  }
}
