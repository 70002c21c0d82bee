package chatops.engine.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told. */
public final class SettableClock implements InstantSource {
  private Instant now = Instant.parse("2026-03-01T08:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  public void advance(Duration by) {
    now = now.plus(by);
  }

  /** Never goes back. */
  public void setAtLeast(Instant to) {
    if (to.isAfter(now)) {
      now = to;
    }
  }
}
