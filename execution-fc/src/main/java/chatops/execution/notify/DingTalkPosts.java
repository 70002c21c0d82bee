package chatops.execution.notify;

import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import chatops.chat.url.UrlGuard;
import chatops.chat.url.UrlRefusedException;
import chatops.chat.url.WebPost;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Posts one message to one address. Web hooks answer 200 with an {@code errcode}, of which 0 is success (open.dingtalk.com, "Custom
 * robot error codes"). Thread-safe.
 */
public final class DingTalkPosts {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Sent too fast: the robot is blocked, for ten minutes. */
  private static final Set<Long> TOO_FAST = Set.of(130101L, 410100L);

  /** Busy. */
  private static final long BUSY = -1;

  private final UrlGuard guard;
  private final String robotSecret;
  private final String robotKeyword;
  private final @Nullable DingTalkApi api;
  private final InstantSource clock;

  /** @param isTooFast whether the platform wants to be left alone for a while */
  record Posted(Delivery delivery, boolean isTooFast) {
    static Posted of(Delivery delivery) {
      return new Posted(delivery, false);
    }
  }

  /**
   * @param robotSecret {@code SEC…} that custom robots are signed for with, empty when they are not
   * @param robotKeyword a word that custom robots want to see in a message, empty when they want none
   * @param api null without the application's key
   */
  public DingTalkPosts(
      UrlGuard guard,
      String robotSecret,
      String robotKeyword,
      @Nullable DingTalkApi api,
      InstantSource clock) {
    this.guard = guard;
    this.robotSecret = robotSecret;
    this.robotKeyword = robotKeyword;
    this.api = api;
    this.clock = clock;
  }

  /** @param message as robots take it, with {@code msgtype} */
  Posted post(DingTalkAddress address, Map<String, Object> message) {
    return switch (address.kind()) {
      case SESSION -> hook(address.target(), message);
      case ROBOT ->
        hook(RobotSignature.signed(address.target(), robotSecret, clock.millis()), worded(message));
      case GROUP -> api == null ? none() : api.group(address.target(), message);
      case PERSON -> api == null ? none() : api.person(address.target(), message);
    };
  }

  /** With the word by which the robot knows its own messages (open.dingtalk.com, "Custom robot security settings"). */
  private Map<String, Object> worded(Map<String, Object> message) {
    String type = String.valueOf(message.get("msgtype"));
    if (robotKeyword.isEmpty()
        || JsonWriter.write(message).contains(robotKeyword)
        || !(message.get(type) instanceof Map<?, ?> content)) {
      return message;
    }
    Map<String, Object> worded = new LinkedHashMap<>();
    content.forEach((name, value) -> worded.put(String.valueOf(name), value));
    worded.put("text", content.get("text") + "\n\n" + robotKeyword);
    Map<String, Object> all = new LinkedHashMap<>(message);
    all.put(type, worded);
    return all;
  }

  private static Posted none() {
    return Posted.of(Delivery.dead("DINGTALK_APP_KEY is not set, so the conversation is closed"));
  }

  private Posted hook(String url, Map<String, Object> message) {
    try {
      WebPost.Answer answer = WebPost.send(
          guard.check(url),
          "POST",
          Map.of("Content-Type", "application/json; charset=utf-8"),
          JsonWriter.bytes(message),
          TIMEOUT);
      return read(answer);
    } catch (UrlRefusedException e) {
      return Posted.of(Delivery.dead("the web hook is refused: " + e.getMessage()));
    } catch (IOException e) {
      return Posted.of(
          Delivery.failed("no answer from the web hook (" + e.getClass().getSimpleName() + ")"));
    }
  }

  private static Posted read(WebPost.Answer answer) {
    if (answer.status() != 200) {
      return Posted.of(Delivery.failed("the web hook answered HTTP " + answer.status()));
    }
    try {
      JsonObject said = JsonReader.object(answer.body());
      long code = said.number("errcode", 0);
      if (code == 0) {
        return Posted.of(Delivery.DONE);
      }
      String detail = "the web hook answered errcode " + code;
      boolean isTooFast = TOO_FAST.contains(code);
      return new Posted(
          isTooFast || code == BUSY ? Delivery.failed(detail) : Delivery.dead(detail), isTooFast);
    } catch (JsonException e) {
      return Posted.of(Delivery.failed("the web hook answered no JSON object"));
    }
  }
}
