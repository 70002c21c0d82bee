package chatops.cloudsim.mns;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Lets a number of works run at once; further ones are kept, and run by whoever gets free, first come, first served. Keeps no caller waiting. Thread-safe. */
final class Lanes {
  private final int most;
  private final Deque<Runnable> kept = new ArrayDeque<>();
  private int busy;

  Lanes(int most) {
    this.most = most;
  }

  /** Runs the work on the caller's thread, and what came meanwhile; or leaves it to those who run. */
  void run(Runnable work) {
    if (!enter(work)) {
      return;
    }
    for (Optional<Runnable> next = Optional.of(work); next.isPresent(); next = next()) {
      boolean isDone = false;
      try {
        next.get().run();
        isDone = true;
      } finally {
        if (!isDone) {
          leave();
        }
      }
    }
  }

  private synchronized boolean enter(Runnable work) {
    if (busy == most) {
      kept.add(work);
      return false;
    }
    busy++;
    return true;
  }

  private synchronized Optional<Runnable> next() {
    Runnable next = kept.poll();
    if (next == null) {
      busy--;
    }
    return Optional.ofNullable(next);
  }

  private synchronized void leave() {
    busy--;
  }
}
