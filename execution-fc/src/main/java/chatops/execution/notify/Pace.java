package chatops.execution.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One post after the other in each channel, as far apart as the platform wants them, and none while it wants to be left alone. A turn
 * that is near is waited for; one that is far is for another try, and each who is sent away is told a time of his own: a thousand who
 * came back at once would be sent away again, all but a few. Thread-safe.
 */
final class Pace {
  private static final int KEPT = 10_000;

  private final InstantSource clock;
  private final Pause pause;
  private final Duration apart;
  private final Duration patience;
  private final Map<String, Instant> next = new Latest();
  /** When the next one who is sent away shall come again. It is no turn: who comes first takes that. */
  private final Map<String, Instant> again = new Latest();

  private static final class Latest extends LinkedHashMap<String, Instant> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
      return size() > KEPT;
    }
  }

  /** @param patience longer waits are refused */
  Pace(InstantSource clock, Pause pause, Duration apart, Duration patience) {
    this.clock = clock;
    this.pause = pause;
    this.apart = apart;
    this.patience = patience;
  }

  /**
   * Waits for the next turn in a channel.
   *
   * @return zero when it is there now; else how long to stay away
   */
  Duration await(String channel) {
    Duration wait = reserve(channel);
    if (wait.compareTo(patience) > 0) {
      return wait;
    }
    try {
      if (!wait.isZero()) {
        pause.pause(wait);
      }
      return Duration.ZERO;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return apart;
    }
  }

  private synchronized Duration reserve(String channel) {
    Instant now = clock.instant();
    Instant turn = next.getOrDefault(channel, now);
    turn = turn.isBefore(now) ? now : turn;
    Duration wait = Duration.between(now, turn);
    if (wait.compareTo(patience) <= 0) {
      next.put(channel, turn.plus(apart));
      return wait;
    }
    Instant promised = again.getOrDefault(channel, turn);
    promised = promised.isBefore(turn) ? turn : promised;
    again.put(channel, promised.plus(apart));
    return Duration.between(now, promised);
  }

  /** The platform said to stay away. */
  synchronized void block(String channel, Duration time) {
    Instant until = clock.instant().plus(time);
    if (next.getOrDefault(channel, until).compareTo(until) <= 0) {
      next.put(channel, until);
    }
  }

  /** Whether a post would go at once. */
  synchronized boolean isFree(String channel) {
    Instant now = clock.instant();
    return !next.getOrDefault(channel, now).isAfter(now);
  }
}
