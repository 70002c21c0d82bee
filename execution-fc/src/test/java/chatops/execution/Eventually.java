package chatops.execution;

import java.io.IOException;
import java.time.Duration;

/** Waits for what another thread brings about; fails after ten seconds. */
final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

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
