package chatops.execution;

import java.io.IOException;
import java.time.Duration;

/** Waits for what another thread brings about; fails after a minute. */
final class Eventually {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Eventually() {}

  interface Condition {
    boolean holds() throws IOException;
  }

  static void is(Condition condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not happen within " + PATIENCE);
      }
      Thread.sleep(20);
    }
  }
}
