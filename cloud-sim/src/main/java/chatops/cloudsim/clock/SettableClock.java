package chatops.cloudsim.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only when told. Thread-safe. */
public final class SettableClock implements InstantSource {
  private Instant now;

  public SettableClock(Instant start) {
    now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Moves to {@code instant}; a clock never goes back, so an earlier instant leaves it where it is. */
  public synchronized void moveTo(Instant instant) {
    if (instant.isAfter(now)) {
      now = instant;
    }
  }

  public synchronized void advance(Duration duration) {
    moveTo(now.plus(duration));
  }
}
