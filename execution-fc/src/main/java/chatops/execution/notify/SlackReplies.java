package chatops.execution.notify;

import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import chatops.chat.render.SlackBlocks;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.url.UrlGuard;
import chatops.chat.url.UrlRefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slack's doors, in the order of their worth: the Web API with a bot token, which can edit its message in place; else the
 * {@code response_url}, which takes five posts in thirty minutes (docs.slack.dev, "Handling user interaction"). Thread-safe.
 */
public final class SlackReplies {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final UrlGuard guard;
  private final @Nullable SlackWebApi web;
  private final InstantSource clock;
  private final Uses uses = new Uses();

  /**
   * @param guard lets {@code hooks.slack.com} pass
   * @param web null without a bot token
   */
  public SlackReplies(UrlGuard guard, @Nullable SlackWebApi web, InstantSource clock) {
    this.guard = guard;
    this.web = web;
    this.clock = clock;
  }

  Delivery send(ReplyAddress address, Letter letter) {
    Map<String, Object> json = new HashMap<>(SlackBlocks.render(letter.message()));
    // a private answer and a replaced message need the URL: a bot knows neither trigger nor message
    if (web != null && !letter.replaces() && !address.channel().isEmpty()) {
      Delivery delivery = web.send(address, letter, json);
      if (delivery.isDelivered() || address.url().isEmpty()) {
        return delivery;
      }
    }
    return byUrl(address, letter, json);
  }

  private Delivery byUrl(ReplyAddress address, Letter letter, Map<String, Object> json) {
    int used = uses.of(address) + (letter.isFinal() ? 0 : 1);
    if (!address.isUrlUsable(clock.instant(), used)) {
      return Delivery.dead("the response_url is used up or older than 30 minutes");
    }
    json.put("response_type", letter.isPrivate() ? "ephemeral" : "in_channel");
    json.put("replace_original", letter.replaces() && address.replaceable());
    byte[] body = JsonWriter.bytes(json);
    try {
      WebPost.Answer answer = WebPost.send(
          guard.check(address.url()),
          "POST",
          Map.of("Content-Type", "application/json; charset=utf-8"),
          body,
          TIMEOUT);
      uses.count(address);
      return read(answer);
    } catch (UrlRefusedException e) {
      return Delivery.dead("response_url refused: " + e.getMessage());
    } catch (IOException e) {
      return Delivery.failed(
          "no answer from the response_url (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static Delivery read(WebPost.Answer answer) {
    String said = answer.text().strip();
    String shown = said.length() > 80 ? said.substring(0, 80) : said;
    if (answer.status() == 429 || answer.status() >= 500) {
      return Delivery.failed("response_url answered HTTP " + answer.status());
    }
    if (answer.status() != 200) {
      return Delivery.dead("response_url answered HTTP " + answer.status() + " " + shown);
    }
    return said.startsWith("{") && isRefusal(said)
        ? Delivery.dead("response_url answered " + shown)
        : Delivery.DONE;
  }

  private static boolean isRefusal(String json) {
    try {
      return !JsonObject.of(JsonReader.read(json.getBytes(StandardCharsets.UTF_8)), "")
          .flag("ok", true);
    } catch (JsonException e) {
      return false;
    }
  }
}
