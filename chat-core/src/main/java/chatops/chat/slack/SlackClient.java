package chatops.chat.slack;

import chatops.chat.json.JsonException;
import chatops.chat.json.JsonObject;
import chatops.chat.json.JsonReader;
import chatops.chat.json.JsonWriter;
import chatops.chat.url.UrlGuard;
import chatops.chat.url.UrlRefusedException;
import chatops.chat.url.WebPost;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls of Slack's Web API with a bot token (docs.slack.dev, "Web API methods"). Failures come as HTTP 200 with {@code ok:false}, too
 * many calls as 429 with {@code Retry-After}. Never throws; the token is in no message. Thread-safe.
 */
public final class SlackClient {
  /** Errors that the next try may not meet again. */
  private static final List<String> PASSING =
      List.of("internal_error", "fatal_error", "service_unavailable", "request_timeout");

  /** How long to leave Slack alone when it throttles without saying for how long. */
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(30);

  private final UrlGuard guard;
  private final String baseUrl;
  private final String token;

  /**
   * What came of a call.
   *
   * @param error Slack's word for it, or ours; empty when it was done
   * @param retryAfter with {@code THROTTLED}: when to try again
   * @param said Slack's answer, empty when there was none
   */
  public record Answer(Fate fate, String error, Duration retryAfter, JsonObject said) {
    public boolean isDone() {
      return fate == Fate.DONE;
    }

    /** Not sent, because Slack wants fewer calls. */
    public static Answer throttled(Duration retryAfter) {
      return new Answer(Fate.THROTTLED, "ratelimited", retryAfter, nothing());
    }
  }

  /** What became of a call. */
  public enum Fate {
    DONE,
    /** It will be refused the next time, too. */
    REFUSED,
    THROTTLED,
    /** It may work later. */
    FAILED,
    /** No answer: it may have been done. */
    UNKNOWN
  }

  /** @param baseUrl {@code https://slack.com/api}, or what {@code SLACK_API_URL} says */
  public SlackClient(UrlGuard guard, String baseUrl, String token) {
    int end = baseUrl.length();
    while (end > 0 && baseUrl.charAt(end - 1) == '/') {
      end--;
    }
    this.guard = guard;
    this.baseUrl = baseUrl.substring(0, end);
    this.token = token;
  }

  /** @param limit for all of it */
  public Answer call(String method, Map<String, ?> arguments, Duration limit) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json; charset=utf-8");
    headers.put("Authorization", "Bearer " + token);
    try {
      WebPost.Answer answer = WebPost.send(
          guard.check(baseUrl + "/" + method), "POST", headers, JsonWriter.bytes(arguments), limit);
      return read(answer);
    } catch (UrlRefusedException e) {
      return failed(Fate.REFUSED, "SLACK_API_URL refused: " + e.getMessage());
    } catch (IOException e) {
      return failed(Fate.UNKNOWN, "no answer (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static Answer read(WebPost.Answer answer) {
    if (answer.status() == 429) {
      return limited(answer.retryAfter());
    }
    if (answer.status() != 200) {
      return failed(Fate.FAILED, "HTTP " + answer.status());
    }
    try {
      JsonObject said = JsonReader.object(answer.body());
      if (said.flag("ok", false)) {
        return new Answer(Fate.DONE, "", Duration.ZERO, said);
      }
      String error = plain(said.text("error", "no error code"));
      if (error.equals("ratelimited")) {
        return limited(answer.retryAfter());
      }
      return new Answer(
          PASSING.contains(error) ? Fate.FAILED : Fate.REFUSED, error, Duration.ZERO, said);
    } catch (JsonException e) {
      return failed(Fate.FAILED, "the answer is no JSON object");
    }
  }

  private static Answer limited(Duration retryAfter) {
    return Answer.throttled(retryAfter.isZero() ? USUAL_PAUSE : retryAfter);
  }

  private static Answer failed(Fate fate, String error) {
    return new Answer(fate, error, Duration.ZERO, nothing());
  }

  private static JsonObject nothing() {
    return JsonObject.of(Map.of(), "");
  }

  /** An error word that is fit for a log line. */
  private static String plain(String error) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < Math.min(80, error.length()); i++) {
      char c = error.charAt(i);
      plain.append(c > ' ' && c < 127 ? c : '_');
    }
    return plain.toString();
  }

  @Override
  public String toString() {
    return "SlackClient[" + baseUrl + "]";
  }
}
