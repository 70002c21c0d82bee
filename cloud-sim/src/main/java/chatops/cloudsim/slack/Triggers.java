package chatops.cloudsim.slack;

import chatops.cloudsim.seed.Names;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Trigger ids: three seconds, one use. Thread-safe. */
final class Triggers {
  private static final Duration LIFE = Duration.ofSeconds(3);

  /** Whose action it was, and in which channel; empty where it was in none. */
  record Trigger(String user, String channel) {}

  private final InstantSource clock;
  private final Names names;
  private final Map<String, Instant> live = new HashMap<>();
  private final Map<String, Trigger> triggers = new HashMap<>();

  Triggers(InstantSource clock, Names names) {
    this.clock = clock;
    this.names = names;
  }

  synchronized String mint(String user, String channel) {
    String trigger = names.digits(12) + "." + names.digits(12) + "." + names.word(32);
    live.put(trigger, clock.instant().plus(LIFE));
    triggers.put(trigger, new Trigger(user, channel));
    return trigger;
  }

  /** Uses the trigger up. */
  synchronized Trigger take(String id) throws SlackRefusal {
    Trigger trigger = triggers.get(id);
    if (trigger == null) {
      throw new SlackRefusal(200, "invalid_trigger_id");
    }
    Instant until = live.remove(id);
    if (until == null) {
      throw new SlackRefusal(200, "exchanged_trigger_id");
    }
    if (clock.instant().isAfter(until)) {
      throw new SlackRefusal(200, "expired_trigger_id");
    }
    return trigger;
  }
}
