package chatops.cloudsim.slack;

import chatops.cloudsim.seed.Names;
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
  private final Map<String, Target> targets = new HashMap<>();
  private final Map<String, Integer> uses = new HashMap<>();

  ResponseUrls(InstantSource clock, Names names) {
    this.clock = clock;
    this.names = names;
  }

  /** A new address's path, {@code /commands/T…/…/…} or {@code /actions/T…/…/…}. */
  synchronized String mint(
      String kind, String team, String channel, String user, Optional<String> messageTs) {
    String path = "/" + kind + "/" + team + "/" + names.digits(13) + "/" + names.word(24);
    targets.put(path, new Target(channel, user, messageTs, clock.instant().plus(LIFE)));
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
  }
}
