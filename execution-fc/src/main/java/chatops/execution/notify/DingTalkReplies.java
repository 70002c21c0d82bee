package chatops.execution.notify;

import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import chatops.chat.render.DingTalkMarkdown;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.url.UrlGuard;
import chatops.chat.url.UrlRefusedException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * DingTalk's {@code sessionWebhook}: the conversation a message came from, until the time DingTalk named. Nothing can be private
 * there, so a private answer mentions its person. Success is {@code errcode} 0 in a 200 answer. Thread-safe.
 */
public final class DingTalkReplies {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** Busy, or sent too fast (open.dingtalk.com, "Custom robot error codes"). */
  private static final Set<Long> WORTH_RETRYING = Set.of(-1L, 130101L, 410100L);

  private final UrlGuard guard;
  private final InstantSource clock;

  /** @param guard lets {@code oapi.dingtalk.com} pass */
  public DingTalkReplies(UrlGuard guard, InstantSource clock) {
    this.guard = guard;
    this.clock = clock;
  }

  Delivery send(ReplyAddress address, Letter letter) {
    if (!address.isUrlUsable(clock.instant(), 0)) {
      return Delivery.dead("the sessionWebhook has expired");
    }
    List<String> mentioned = address.user().isEmpty() ? List.of() : List.of(address.user());
    byte[] body = JsonWriter.bytes(DingTalkMarkdown.render(letter.message(), mentioned));
    try {
      WebPost.Answer answer = WebPost.send(
          guard.check(address.url()),
          "POST",
          Map.of("Content-Type", "application/json; charset=utf-8"),
          body,
          TIMEOUT);
      return read(answer);
    } catch (UrlRefusedException e) {
      return Delivery.dead("sessionWebhook refused: " + e.getMessage());
    } catch (IOException e) {
      return Delivery.failed(
          "no answer from the sessionWebhook (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static Delivery read(WebPost.Answer answer) {
    if (answer.status() != 200) {
      return Delivery.failed("sessionWebhook answered HTTP " + answer.status());
    }
    try {
      JsonObject said = JsonReader.object(answer.body());
      long code = said.number("errcode", 0);
      if (code == 0) {
        return Delivery.DONE;
      }
      String detail = "sessionWebhook answered errcode " + code;
      return WORTH_RETRYING.contains(code) ? Delivery.failed(detail) : Delivery.dead(detail);
    } catch (JsonException e) {
      return Delivery.failed("sessionWebhook answered no JSON object");
    }
  }
}
