package chatops.runtime;

import java.time.Duration;

/** Counts the requests under way; once shut it admits none. Thread-safe. */
final class Gate {
  private int inside;
  private boolean shut;

  synchronized boolean enter() {
    if (shut) {
      return false;
    }
    inside++;
    return true;
  }

  synchronized void leave() {
    inside--;
    notifyAll();
  }

  synchronized void shut() {
    shut = true;
  }

  /** Waits until nobody is inside. */
  boolean awaitIdle(Duration limit) {
    return await(0, limit);
  }

  /** Waits, from inside, until nobody else is. */
  boolean awaitOthers(Duration limit) {
    return await(1, limit);
  }

  private synchronized boolean await(int left, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      for (long rest = limit.toNanos(); inside > left && rest > 0; rest = end - System.nanoTime()) {
        wait(rest / 1_000_000, (int) (rest % 1_000_000));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return inside <= left;
  }
}
