package chatops.engine;

import chatops.engine.run.Ports;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The message that asks for a decision goes out just before the question is stored: whoever answers it, or looks at it, at once may
 * be too early, and is given a little time.
 */
final class NotAskedYet {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Ports ports;

  NotAskedYet(Ports ports) {
    this.ports = ports;
  }

  /**
   * Looks until it is not too early, or three seconds are over, or the thread is interrupted.
   *
   * @param look given the time of each look
   * @return what was seen last
   */
  <T> T await(Function<Instant, T> look, Predicate<T> isTooEarly) {
    Instant end = ports.clock().instant().plus(PATIENCE);
    while (true) {
      Instant now = ports.clock().instant();
      T seen = look.apply(now);
      if (!isTooEarly.test(seen) || !now.isBefore(end) || !paused(now.plus(PAUSE))) {
        return seen;
      }
    }
  }

  private boolean paused(Instant until) {
    try {
      ports.waits().next(new LinkedBlockingQueue<>(), until);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
