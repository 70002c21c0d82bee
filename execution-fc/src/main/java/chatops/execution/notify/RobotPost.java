package chatops.execution.notify;

import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.render.DingTalkMarkdown;
import chatops.chat.url.WebPost;
import chatops.engine.notice.Outbound.HttpAnswer;
import chatops.engine.notice.Outbound.HttpCall;
import chatops.execution.notify.Digests.Turn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a template says through a custom robot of DingTalk, with what is left of it in a digest. */
record RobotPost(String place, DingTalkAddress address, Digests.Entry entry) {
  /** What the robot would have answered, had there been fewer. */
  static final HttpAnswer TAKEN =
      new HttpAnswer(200, "{\"errcode\":0,\"errmsg\":\"ok\"}".getBytes(StandardCharsets.UTF_8));

  private static final int LONGEST = 300;
  private static final List<Long> TOO_FAST = List.of(130101L, 410100L);

  /** Null when it is no message that a digest could hold. */
  static @Nullable RobotPost of(HttpCall call) {
    if (!call.method().equals("POST")) {
      return null;
    }
    try {
      JsonObject body = JsonReader.object(call.body());
      JsonObject at = body.objectOrEmpty("at");
      DingTalkAddress robot =
          DingTalkAddress.always(DingTalkAddress.Kind.ROBOT, call.uri().toString());
      return new RobotPost(
          Digests.place(robot, ""),
          robot,
          new Digests.Entry(text(body), at.texts("atUserIds"), at.texts("atMobiles"), ""));
    } catch (JsonException e) {
      return null;
    }
  }

  /** @throws JsonException when the message has no text that is known to be one */
  private static String text(JsonObject body) {
    String type = body.text("msgtype");
    JsonObject content = body.object(type);
    String text = type.equals("text") ? content.text("content") : content.text("text");
    String cut = text.strip().replace('\n', ' ');
    cut = cut.length() > LONGEST ? cut.substring(0, LONGEST) + "…" : cut;
    return type.equals("text") ? DingTalkMarkdown.escape(cut) : cut;
  }

  Turn turn(Digests digests) {
    return digests.turn(place, List.of(address), entry, true);
  }

  /** Whether the robot was blocked after all, and the message is kept until it is not. */
  boolean isKeptAfter(WebPost.Answer answer, Digests digests) {
    try {
      return TOO_FAST.contains(JsonReader.object(answer.body()).number("errcode", 0))
          && digests.keepWhileBlocked(place, List.of(address), entry);
    } catch (JsonException e) {
      return false;
    }
  }
}
