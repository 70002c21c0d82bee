package chatops.engine.execution;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How a worker lets time pass inside one invocation; tests jump their clock here instead. */
public interface Waits {

  /**
   * The next element of {@code ready}, or null when none came before {@code until}.
   *
   * @throws InterruptedException when the worker is told to stop
   */
  <T> @Nullable T next(BlockingQueue<T> ready, Instant until) throws InterruptedException;

  /** Real waiting. */
  static Waits real(InstantSource clock) {
    return new Waits() {
      @Override
      public <T> @Nullable T next(BlockingQueue<T> ready, Instant until)
          throws InterruptedException {
        Duration left = Duration.between(clock.instant(), until);
        return ready.poll(Math.max(0, left.toMillis() + 1), TimeUnit.MILLISECONDS);
      }
    };
  }
}
