package chatops.cloudsim.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The Web API methods an app of ours calls, by the bot token. Failures are {@code ok:false} with status 200; too many calls are 429. Thread-safe. */
public final class SlackApi {
  /** What comes back; {@code retryAfter} is set with status 429. */
  public record Answer(int status, ObjectNode body, Optional<Duration> retryAfter) {}

  private final SlackChannels channels;
  private final Triggers triggers;
  private final SlackApp app;
  private final RateLimit posts;
  private final RateLimit updates;
  private final Modals modals;

  SlackApi(
      SlackChannels channels, Triggers triggers, Modals modals, SlackApp app, InstantSource clock) {
    this.channels = channels;
    this.modals = modals;
    this.triggers = triggers;
    this.app = app;
    posts = new RateLimit(clock, 10, Duration.ofSeconds(10));
    updates = new RateLimit(clock, 60, Duration.ofMinutes(1));
  }

  /** One call; {@code authorization} is the header as sent. */
  public Answer call(String method, String authorization, JsonNode arguments) {
    try {
      authenticate(authorization);
      Optional<Duration> wait = limit(method, arguments.path("channel").asText());
      if (wait.isPresent()) {
        return new Answer(429, failure("ratelimited"), wait);
      }
      return new Answer(200, answer(method, arguments).put("ok", true), Optional.empty());
    } catch (SlackRefusal refusal) {
      ObjectNode failure = failure(refusal.error());
      if (!refusal.detail().isEmpty()) {
        failure.putObject("response_metadata").putArray("messages").add(refusal.detail());
      }
      return new Answer(200, failure, Optional.empty());
    }
  }

  private ObjectNode answer(String method, JsonNode arguments) throws SlackRefusal {
    return switch (method) {
      case "auth.test" ->
        node().put("team_id", app.teamId()).put("user_id", "B" + app.appId().substring(1));
      case "chat.postMessage" -> post(arguments, Optional.empty());
      case "chat.postEphemeral" ->
        post(arguments, Optional.of(required(arguments, "user", "user_not_in_channel")));
      case "chat.update" -> update(arguments);
      case "chat.delete" -> delete(arguments);
      case "views.open" -> view(modals.open(trigger(arguments), arguments.path("view")));
      case "views.push" -> view(modals.push(trigger(arguments), arguments.path("view")));
      case "views.update" ->
        view(modals.update(
            arguments.path("view_id").asText(""),
            arguments.path("external_id").asText(""),
            arguments.path("hash").asText(""),
            arguments.path("view")));
      default -> throw new SlackRefusal(200, "unknown_method");
    };
  }

  private ObjectNode post(JsonNode arguments, Optional<String> onlyFor) throws SlackRefusal {
    String channel = channel(arguments);
    checkContent(arguments);
    Optional<String> thread =
        Optional.of(arguments.path("thread_ts").asText("")).filter(ts -> !ts.isEmpty());
    SlackMessage message = channels.post(
        channel,
        app.appId(),
        arguments.path("text").asText(""),
        arguments.path("blocks"),
        onlyFor,
        thread);
    return onlyFor.isPresent()
        ? node().put("message_ts", message.ts())
        : node().put("channel", channel).put("ts", message.ts());
  }

  private ObjectNode update(JsonNode arguments) throws SlackRefusal {
    String channel = channel(arguments);
    checkContent(arguments);
    SlackMessage message = own(channel, arguments);
    channels.edit(
        channel, message.ts(), arguments.path("text").asText(""), arguments.path("blocks"));
    return node()
        .put("channel", channel)
        .put("ts", message.ts())
        .put("text", arguments.path("text").asText(""));
  }

  private ObjectNode delete(JsonNode arguments) throws SlackRefusal {
    String channel = channel(arguments);
    SlackMessage message = own(channel, arguments);
    channels.delete(channel, message.ts());
    return node().put("channel", channel).put("ts", message.ts());
  }

  private Triggers.Trigger trigger(JsonNode arguments) throws SlackRefusal {
    // a view that is wrong leaves the trigger as it was
    Modals.check(arguments.path("view"));
    return triggers.take(arguments.path("trigger_id").asText());
  }

  private ObjectNode view(Modal modal) {
    ObjectNode answer = node();
    answer.set("view", modal.json(app));
    return answer;
  }

  private SlackMessage own(String channel, JsonNode arguments) throws SlackRefusal {
    SlackMessage message = channels
        .find(channel, arguments.path("ts").asText())
        .filter(found -> found.onlyFor().isEmpty())
        .orElseThrow(() -> new SlackRefusal(200, "message_not_found"));
    if (!message.author().equals(app.appId())) {
      throw new SlackRefusal(200, "cant_update_message");
    }
    return message;
  }

  private String channel(JsonNode arguments) throws SlackRefusal {
    String id = required(arguments, "channel", "channel_not_found");
    SlackChannels.Channel channel =
        channels.find(id).orElseThrow(() -> new SlackRefusal(200, "channel_not_found"));
    if (channel.archived()) {
      throw new SlackRefusal(200, "is_archived");
    }
    if (!channel.botIsMember()) {
      throw new SlackRefusal(200, "not_in_channel");
    }
    return id;
  }

  private static void checkContent(JsonNode arguments) throws SlackRefusal {
    String text = arguments.path("text").asText("");
    JsonNode blocks = arguments.path("blocks");
    if (text.isEmpty() && (blocks.isMissingNode() || blocks.isEmpty())) {
      throw new SlackRefusal(200, "no_text");
    }
    if (text.length() > 40_000) {
      throw new SlackRefusal(200, "msg_too_long");
    }
    if (!blocks.isMissingNode() && BlockKit.complaint(blocks).isPresent()) {
      throw new SlackRefusal(200, "invalid_blocks");
    }
  }

  private Optional<Duration> limit(String method, String channel) {
    return switch (method) {
      case "chat.postMessage", "chat.postEphemeral" -> posts.refuses(channel);
      case "chat.update" -> updates.refuses("workspace");
      default -> Optional.empty();
    };
  }

  private void authenticate(String authorization) throws SlackRefusal {
    if (!authorization.startsWith("Bearer ")) {
      throw new SlackRefusal(200, "not_authed");
    }
    byte[] given = authorization.substring(7).trim().getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(given, app.botToken().getBytes(StandardCharsets.UTF_8))) {
      throw new SlackRefusal(200, "invalid_auth");
    }
  }

  private static String required(JsonNode arguments, String name, String error)
      throws SlackRefusal {
    String value = arguments.path(name).asText("");
    if (value.isEmpty()) {
      throw new SlackRefusal(200, error);
    }
    return value;
  }

  private static ObjectNode failure(String error) {
    return node().put("ok", false).put("error", error);
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
