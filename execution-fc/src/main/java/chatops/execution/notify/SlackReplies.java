package chatops.execution.notify;

import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import chatops.chat.render.Message;
import chatops.chat.render.SlackBlocks;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.url.UrlGuard;
import chatops.chat.url.UrlRefusedException;
import chatops.chat.url.WebPost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slack's doors, in the order of their worth: the Web API with a bot token, which can edit its message in place; else the
 * {@code response_url}, which takes five posts in thirty minutes (docs.slack.dev, "Handling user interaction"); for what is for everybody
 * at last an incoming webhook, which is bound to a channel of its own. Thread-safe.
 */
public final class SlackReplies {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(30);
  private static final Duration HOOK_APART = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final UrlGuard guard;
  private final @Nullable SlackWebApi web;
  private final String webhook;
  private final InstantSource clock;
  private final Pace hooks;
  private final Uses uses = new Uses();

  /**
   * @param guard lets {@code hooks.slack.com} pass
   * @param web null without a bot token
   * @param webhook {@code https://hooks.slack.com/services/…}: a credential; empty = there is none
   */
  public SlackReplies(
      UrlGuard guard, @Nullable SlackWebApi web, String webhook, InstantSource clock, Pause pause) {
    this.guard = guard;
    this.web = web;
    this.webhook = webhook;
    this.clock = clock;
    this.hooks = new Pace(clock, pause, HOOK_APART, PATIENCE);
  }

  Sent send(ReplyAddress address, Letter letter, Correspondence known) {
    boolean hasBot = web != null && !address.channel().isEmpty();
    if (letter.isEdit()) {
      return web == null || !hasBot
          ? new Sent(Delivery.DONE, known)
          : web.edit(address, letter, known);
    }
    Sent first = new Sent(Delivery.dead("there is no bot token"), known);
    // a private answer and a replaced message need the URL: a bot knows neither trigger nor message
    if (web != null && hasBot && !letter.replaces()) {
      first = letter.isPrivate()
          ? new Sent(web.whisper(address, letter), known)
          : web.send(address, letter, known);
      // a second way round a limit would break it; what only shows progress is not worth a post
      if (first.isDelivered() || first.delivery().isThrottled() || letter.isProgress()) {
        return first;
      }
    }
    Sent second = byUrl(address, letter, first.known());
    if (second.isDelivered() || letter.isPrivate() || letter.replaces() || webhook.isEmpty()) {
      return second.isDelivered()
          ? second
          : new Sent(first.delivery().and(second.delivery()), second.known());
    }
    Delivery third = byWebhook(address, letter);
    return new Sent(
        third.isDelivered() ? third : first.delivery().and(second.delivery()).and(third),
        second.known());
  }

  private Sent byUrl(ReplyAddress address, Letter letter, Correspondence known) {
    int used = Math.max(known.uses(), uses.of(address)) + (letter.isFinal() ? 0 : 1);
    if (!address.isUrlUsable(clock.instant(), used)) {
      return new Sent(Delivery.dead("the response_url is used up or older than 30 minutes"), known);
    }
    Map<String, Object> json = new HashMap<>(SlackBlocks.render(letter.message()));
    json.put("response_type", letter.isPrivate() ? "ephemeral" : "in_channel");
    json.put("replace_original", letter.replaces() && address.replaceable());
    Delivery delivery = post("response_url", address.url(), json);
    boolean isCounted = delivery.isDelivered();
    if (isCounted) {
      uses.count(address);
    }
    return new Sent(delivery, isCounted ? known.used() : known);
  }

  /** In a channel of its own it must say whom and what it is about. */
  private Delivery byWebhook(ReplyAddress address, Letter letter) {
    Duration wait = hooks.await("");
    if (!wait.isZero()) {
      return Delivery.throttled("incoming webhook: one post a second", wait);
    }
    Message message = letter.message();
    if (!address.user().isEmpty()) {
      message = letter.mentioning(address.user()).message();
    }
    Map<String, Object> json = new HashMap<>(
        SlackBlocks.render(message.withField("#", address.tenant() + "/" + address.channel())));
    Delivery delivery = post("incoming webhook", webhook, json);
    if (delivery.isThrottled()) {
      hooks.block("", delivery.retryAfter());
    }
    return delivery;
  }

  private Delivery post(String what, String url, Map<String, Object> json) {
    try {
      WebPost.Answer answer = WebPost.send(
          guard.check(url),
          "POST",
          Map.of("Content-Type", "application/json; charset=utf-8"),
          JsonWriter.bytes(json),
          TIMEOUT);
      return read(what, answer);
    } catch (UrlRefusedException e) {
      return Delivery.dead(what + " refused: " + e.getMessage());
    } catch (IOException e) {
      return Delivery.failed(
          "no answer from the " + what + " (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static Delivery read(String what, WebPost.Answer answer) {
    String said = answer.text().strip();
    String shown = said.length() > 80 ? said.substring(0, 80) : said;
    if (answer.status() == 429) {
      return Delivery.throttled(
          what + " answered HTTP 429",
          answer.retryAfter().isZero() ? USUAL_PAUSE : answer.retryAfter());
    }
    if (answer.status() >= 500) {
      return Delivery.failed(what + " answered HTTP " + answer.status());
    }
    if (answer.status() != 200) {
      return Delivery.dead(what + " answered HTTP " + answer.status() + " " + shown);
    }
    return said.startsWith("{") && isRefusal(said)
        ? Delivery.dead(what + " answered " + shown)
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
