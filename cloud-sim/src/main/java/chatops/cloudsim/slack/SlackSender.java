package chatops.cloudsim.slack;

import chatops.cloudsim.http.WebClient;
import chatops.cloudsim.http.WebReply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/** Posts signed requests to the app and shows the answer as Slack does: nothing, an ephemeral or public message, or one of Slack's own error texts. */
final class SlackSender {
  /** Slack waits no longer for an acknowledgement. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where an answer is shown, and to whom when it is private. */
  record Place(String channel, String user, String whatFailed) {}

  private final WebClient client;
  private final SlackChannels channels;
  private final SlackApp app;
  private final InstantSource clock;
  private volatile Duration patience = PATIENCE;

  SlackSender(WebClient client, SlackChannels channels, SlackApp app, InstantSource clock) {
    this.client = client;
    this.channels = channels;
    this.app = app;
    this.clock = clock;
  }

  /** For tests that do not want to wait three seconds. */
  void patience(Duration longest) {
    patience = longest;
  }

  Interaction sign(URI url, String form, Place place) {
    return sign(url, form, place, app.signingSecret(), clock.instant());
  }

  Interaction sign(URI url, String form, Place place, String secret, Instant stamp) {
    String timestamp = String.valueOf(stamp.getEpochSecond());
    String signature = signature(secret, timestamp, form);
    List<Map.Entry<String, String>> headers = List.of(
        Map.entry("Content-Type", "application/x-www-form-urlencoded"),
        Map.entry("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)"),
        Map.entry("X-Slack-Request-Timestamp", timestamp),
        Map.entry("X-Slack-Signature", signature));
    return send(url, headers, form.getBytes(StandardCharsets.UTF_8), place);
  }

  /** The {@code v0} signature over time stamp and raw body (page "Verifying requests from Slack"). */
  static String signature(String secret, String timestamp, String body) {
    return "v0="
        + new HmacUtils(HmacAlgorithms.HMAC_SHA_256, secret)
            .hmacHex("v0:" + timestamp + ":" + body);
  }

  Interaction send(URI url, List<Map.Entry<String, String>> headers, byte[] body, Place place) {
    long started = System.nanoTime();
    int status = 0;
    String answer = "";
    String error = "";
    String contentType = "";
    try {
      WebReply reply = client.send("POST", url, headers, body, patience);
      status = reply.status();
      answer = reply.text();
      contentType = reply.header("Content-Type");
      error = status == 200 ? "" : "http_service_error";
    } catch (SocketTimeoutException late) {
      error = "operation_timeout";
    } catch (IOException unreachable) {
      error = "dispatch_failed";
    }
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    Optional<SlackMessage> shown =
        error.isEmpty() ? shown(place, answer, contentType) : Optional.of(failed(place, error));
    return new Interaction(url, headers, body, status, answer, took, shown);
  }

  private SlackMessage failed(Place place, String error) {
    String text = place.whatFailed() + " failed with the error \"" + error + "\"";
    return channels.post(
        place.channel(),
        "slackbot",
        text,
        MissingNode.getInstance(),
        Optional.of(place.user()),
        Optional.empty());
  }

  private Optional<SlackMessage> shown(Place place, String answer, String contentType) {
    if (answer.isBlank() || place.whatFailed().isEmpty()) {
      return Optional.empty();
    }
    JsonNode payload = contentType.startsWith("application/json") ? parse(answer) : text(answer);
    String text = payload.path("text").asText("");
    JsonNode blocks = payload.path("blocks");
    if (text.isEmpty() && blocks.isEmpty()) {
      return Optional.empty();
    }
    if (!blocks.isMissingNode() && BlockKit.complaint(blocks).isPresent()) {
      return Optional.of(failed(place, "invalid_blocks"));
    }
    boolean open = payload.path("response_type").asText().equals("in_channel");
    return Optional.of(channels.post(
        place.channel(),
        app.appId(),
        text,
        blocks,
        open ? Optional.empty() : Optional.of(place.user()),
        Optional.empty()));
  }

  private static JsonNode text(String plain) {
    return JsonNodeFactory.instance.objectNode().put("text", plain);
  }

  private static JsonNode parse(String answer) {
    try {
      return JSON.readTree(answer);
    } catch (JsonProcessingException notJson) {
      return text(answer);
    }
  }
}
