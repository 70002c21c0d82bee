package chatops.cloudsim.slack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** At most {@code most} calls per {@code window} for each key. Thread-safe. */
final class RateLimit {
  private final InstantSource clock;
  private final int most;
  private final Duration window;
  private final Map<String, Deque<Instant>> calls = new HashMap<>();

  RateLimit(InstantSource clock, int most, Duration window) {
    this.clock = clock;
    this.most = most;
    this.window = window;
  }

  /** Counts a call, or answers how long the caller must wait. */
  synchronized Optional<Duration> refuses(String key) {
    Instant now = clock.instant();
    Deque<Instant> recent = calls.computeIfAbsent(key, unused -> new ArrayDeque<>());
    while (!recent.isEmpty() && !recent.getFirst().plus(window).isAfter(now)) {
      recent.removeFirst();
    }
    if (recent.size() >= most) {
      return Optional.of(Duration.between(now, recent.getFirst().plus(window)));
    }
    recent.addLast(now);
    return Optional.empty();
  }
}
