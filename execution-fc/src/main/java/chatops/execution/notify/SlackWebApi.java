package chatops.execution.notify;

import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import chatops.chat.reply.ReplyAddress;
import chatops.chat.url.UrlGuard;
import chatops.chat.url.UrlRefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Slack's Web API with a bot token: {@code chat.postMessage}, {@code chat.update} of the message of one execution, and
 * {@code chat.postEphemeral}. Failures come as HTTP 200 with {@code ok:false}. Thread-safe.
 */
public final class SlackWebApi {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int KEPT = 1000;

  /** Errors that the next try would meet again. */
  private static final Set<String> WORTH_RETRYING = Set.of(
      "ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout");

  private final UrlGuard guard;
  private final String baseUrl;
  private final String token;

  /** Where an execution's message is; forgotten with the process, a new message is posted then. */
  private final Map<String, String> messages = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
      return size() > KEPT;
    }
  };

  /** @param baseUrl {@code https://slack.com/api}, or what {@code SLACK_API_URL} says */
  public SlackWebApi(UrlGuard guard, String baseUrl, String token) {
    this.guard = guard;
    this.baseUrl = baseUrl.replaceFirst("/+$", "");
    this.token = token;
  }

  Delivery send(ReplyAddress address, Letter letter, Map<String, Object> rendered) {
    Map<String, Object> json = new HashMap<>(rendered);
    json.put("channel", address.channel());
    if (letter.isPrivate()) {
      json.put("user", address.user());
      return call("chat.postEphemeral", json, "");
    }
    String thread = letter.thread();
    String ts = thread.isEmpty() ? null : message(thread);
    if (ts != null) {
      json.put("ts", ts);
      Delivery updated = call("chat.update", json, thread);
      if (updated.isDelivered()) {
        return updated;
      }
      json.remove("ts");
    }
    return call("chat.postMessage", json, thread);
  }

  private Delivery call(String method, Map<String, Object> json, String thread) {
    try {
      WebPost.Answer answer = WebPost.send(
          guard.check(baseUrl + "/" + method),
          "POST",
          Map.of(
              "Content-Type",
              "application/json; charset=utf-8",
              "Authorization",
              "Bearer " + token),
          JsonWriter.bytes(json),
          TIMEOUT);
      if (answer.status() != 200) {
        return Delivery.failed(method + " answered HTTP " + answer.status());
      }
      JsonObject said = JsonReader.object(answer.body());
      if (!said.flag("ok", false)) {
        String error = said.text("error", "no error code");
        return WORTH_RETRYING.contains(error)
            ? Delivery.failed(method + ": " + error)
            : Delivery.dead(method + ": " + error);
      }
      remember(thread, said.text("ts", ""));
      return Delivery.DONE;
    } catch (UrlRefusedException e) {
      return Delivery.dead("SLACK_API_URL refused: " + e.getMessage());
    } catch (IOException e) {
      return Delivery.failed(method + ": no answer (" + e.getClass().getSimpleName() + ")");
    } catch (JsonException e) {
      return Delivery.failed(method + ": the answer is no JSON object");
    }
  }

  private @Nullable String message(String thread) {
    synchronized (messages) {
      return messages.get(thread);
    }
  }

  private void remember(String thread, String ts) {
    if (!thread.isEmpty() && !ts.isEmpty()) {
      synchronized (messages) {
        messages.put(thread, ts);
      }
    }
  }
}
