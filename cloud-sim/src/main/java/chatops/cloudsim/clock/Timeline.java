package chatops.cloudsim.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/**
 * Work that falls due at an instant. Driven by hand ({@link #advance}, {@link #runDue}: work runs on the caller's thread, in order of time, so a test needs no sleep) or by
 * its own thread ({@link #follow}: work runs on an executor as the clock passes). Thread-safe.
 */
public final class Timeline implements AutoCloseable {
  private record Entry(Instant due, long order, Runnable work) {}

  private final InstantSource clock;
  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparing(Entry::order));
  private long order;
  private boolean closed;

  public Timeline(InstantSource clock) {
    this.clock = clock;
  }

  public InstantSource clock() {
    return clock;
  }

  public synchronized void at(Instant due, Runnable work) {
    entries.add(new Entry(due, order++, work));
    notifyAll();
  }

  public void after(Duration delay, Runnable work) {
    at(clock.instant().plus(delay), work);
  }

  public synchronized Optional<Instant> nextDue() {
    return Optional.ofNullable(entries.peek()).map(Entry::due);
  }

  /** Runs all that is due on the caller's thread, including what that work adds for now; returns how many ran. */
  public int runDue() {
    int ran = 0;
    for (Optional<Runnable> work = takeDue(); work.isPresent(); work = takeDue()) {
      work.get().run();
      ran++;
    }
    return ran;
  }

  /** Moves a settable clock forward, stopping at each due instant on the way to run what is due there. */
  public int advance(SettableClock settable, Duration duration) {
    Instant end = settable.instant().plus(duration);
    int ran = runDue();
    for (Optional<Instant> next = nextDue();
        next.isPresent() && !next.get().isAfter(end);
        next = nextDue()) {
      settable.moveTo(next.get());
      ran += runDue();
    }
    settable.moveTo(end);
    return ran;
  }

  /** Starts a daemon thread that hands due work to {@code executor} as the clock passes. */
  public void follow(Executor executor) {
    Thread thread = new Thread(() -> followUntilClosed(executor), "cloud-sim timeline");
    thread.setDaemon(true);
    thread.start();
  }

  private void followUntilClosed(Executor executor) {
    try {
      for (Optional<Runnable> work = awaitDue(); work.isPresent(); work = awaitDue()) {
        executor.execute(work.get());
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Optional<Runnable> takeDue() {
    Entry first = entries.peek();
    if (first == null || first.due().isAfter(clock.instant())) {
      return Optional.empty();
    }
    entries.remove();
    return Optional.of(first.work());
  }

  private synchronized Optional<Runnable> awaitDue() throws InterruptedException {
    while (!closed) {
      Optional<Runnable> due = takeDue();
      if (due.isPresent()) {
        return due;
      }
      Entry first = entries.peek();
      wait(
          first == null
              ? 0
              : Math.max(1, Duration.between(clock.instant(), first.due()).toMillis()));
    }
    return Optional.empty();
  }

  @Override
  public synchronized void close() {
    closed = true;
    entries.clear();
    notifyAll();
  }
}
