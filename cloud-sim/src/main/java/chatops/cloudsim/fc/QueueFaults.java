package chatops.cloudsim.fc;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What an at-least-once queue may do to events, on request: each counter applies to that many of the next events. Thread-safe. */
public final class QueueFaults {
  private final AtomicInteger duplicates = new AtomicInteger();
  private final AtomicInteger losses = new AtomicInteger();
  private final AtomicInteger throttles = new AtomicInteger();
  private final AtomicInteger late = new AtomicInteger();
  private volatile Duration lateness = Duration.ZERO;

  /** Delivers each of the next events twice. */
  public void duplicateNext(int events) {
    duplicates.addAndGet(events);
  }

  /** Accepts the next events with 202 and never delivers them. */
  public void loseNext(int events) {
    losses.addAndGet(events);
  }

  /** Answers the next deliveries 429 inside the platform, so that the queue backs off. */
  public void throttleNext(int deliveries) {
    throttles.addAndGet(deliveries);
  }

  /** Holds the next events back, so that later ones overtake them. */
  public void holdNext(int events, Duration by) {
    lateness = by;
    late.addAndGet(events);
  }

  boolean duplicates() {
    return takes(duplicates);
  }

  boolean loses() {
    return takes(losses);
  }

  boolean throttles() {
    return takes(throttles);
  }

  Duration holds() {
    return takes(late) ? lateness : Duration.ZERO;
  }

  private static boolean takes(AtomicInteger counter) {
    return counter.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }
}
