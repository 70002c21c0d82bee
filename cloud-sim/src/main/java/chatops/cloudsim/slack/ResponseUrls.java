package chatops.cloudsim.slack;

import chatops.cloudsim.journal.Journal;
import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The short-lived addresses Slack gives with each interaction: five posts within thirty minutes. Thread-safe. */
final class ResponseUrls {
  static final int USES = 5;
  private static final Duration LIFE = Duration.ofMinutes(30);

  /** Where posts to one address go; {@code messageTs} is the message whose button was pressed. */
  record Target(String channel, String user, Optional<String> messageTs, Instant expires) {}

  private final InstantSource clock;
  private final Names names;
  private final Journal journal;
  private final Map<String, Target> targets = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();

  ResponseUrls(InstantSource clock, Names names, Journal journal) {
    this.clock = clock;
    this.names = names;
    this.journal = journal;
    for (JsonNode entry : journal.earlier()) {
      if (entry.has("responseUrl")) {
        targets.put(
            entry.get("responseUrl").asText(),
            new Target(
                entry.path("channel").asText(),
                entry.path("user").asText(),
                Optional.ofNullable(entry.get("messageTs")).map(JsonNode::asText),
                Instant.parse(entry.path("expires").asText())));
      } else if (entry.has("responseUrlUsed")) {
        uses.merge(entry.get("responseUrlUsed").asText(), 1, Integer::sum);
      }
    }
  }

  /** A new address's path, {@code /commands/T…/…/…} or {@code /actions/T…/…/…}. */
  synchronized String mint(
      String kind, String team, String channel, String user, Optional<String> messageTs) {
    String path = "/" + kind + "/" + team + "/" + names.digits(13) + "/" + names.word(24);
    Instant expires = clock.instant().plus(LIFE);
    targets.put(path, new Target(channel, user, messageTs, expires));
    ObjectNode entry = JsonNodeFactory.instance.objectNode();
    entry
        .put("responseUrl", path)
        .put("channel", channel)
        .put("user", user)
        .put("expires", expires.toString());
    messageTs.ifPresent(ts -> entry.put("messageTs", ts));
    journal.add(entry);
    return path;
  }

  synchronized Target target(String path) throws SlackRefusal {
    Target target = targets.get(path);
    if (target == null) {
      throw new SlackRefusal(404, "no_service");
    }
    if (!clock.instant().isBefore(target.expires())) {
      throw new SlackRefusal(404, "expired_url");
    }
    if (uses.getOrDefault(path, 0) >= USES) {
      throw new SlackRefusal(404, "used_url");
    }
    return target;
  }

  synchronized void used(String path) {
    uses.merge(path, 1, Integer::sum);
    journal.add(JsonNodeFactory.instance.objectNode().put("responseUrlUsed", path));
  }
}
