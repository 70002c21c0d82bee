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

  private final InstantSource clock;
  private final Names names;
  private final Map<String, Instant> live = new HashMap<>();
  private final Map<String, String> users = new HashMap<>();

  Triggers(InstantSource clock, Names names) {
    this.clock = clock;
    this.names = names;
  }

  synchronized String mint(String user) {
    String trigger = names.digits(12) + "." + names.digits(12) + "." + names.word(32);
    live.put(trigger, clock.instant().plus(LIFE));
    users.put(trigger, user);
    return trigger;
  }

  /** Uses the trigger up and answers whose it was. */
  synchronized String take(String trigger) throws SlackRefusal {
    String user = users.get(trigger);
    if (user == null) {
      throw new SlackRefusal(200, "invalid_trigger_id");
    }
    Instant until = live.remove(trigger);
    if (until == null) {
      throw new SlackRefusal(200, "exchanged_trigger_id");
    }
    if (clock.instant().isAfter(until)) {
      throw new SlackRefusal(200, "expired_trigger_id");
    }
    return user;
  }
}
