package chatops.execution;

import chatops.engine.Engine;
import chatops.engine.NewerFormatException;
import chatops.engine.audit.UnreadTrails;
import chatops.engine.id.ExecutionId;
import chatops.engine.share.LastSweep;
import chatops.execution.notify.Digests;
import chatops.execution.scaling.ActivityCards;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is done every minute: digests go out, executions that are due go on, and a sign is left that all of them had their
 * turn; cards are tidied, trails anchored. Thread-safe.
 */
final class Sweeping {
  private static final int SWEPT_AT_ONCE = 100;

  /** So long a platform that does not answer keeps the sweep waiting. */
  private static final Duration DIGESTS = Duration.ofSeconds(10);

  private final Engine engine;
  private final Digests digests;
  private final ActivityCards cards;
  private final LastSweep last;
  private final UnreadTrails unread;
  private final InstantSource clock;
  private final Log log;
  private volatile @Nullable Instant ended;
  private volatile @Nullable Integer left;

  Sweeping(
      Engine engine,
      Digests digests,
      ActivityCards cards,
      LastSweep last,
      UnreadTrails unread,
      InstantSource clock,
      Log log) {
    this.engine = engine;
    this.digests = digests;
    this.cards = cards;
    this.last = last;
    this.unread = unread;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Nobody waits for it: an error is logged, not thrown, because the next sweep is a better repetition than the queue's.
   *
   * @return false when it did not get to its end
   */
  boolean sweep(Instant deadline) {
    try {
      Instant soon = clock.instant().plus(DIGESTS);
      digests.flush(soon.isBefore(deadline) ? soon : deadline);
      engine.sweep(SWEPT_AT_ONCE, deadline, this::failed);
      Instant now = clock.instant();
      last.ended(now);
      ended = now;
      cards.tidy();
      // in the function's log the hash lies outside the store that it vouches for
      engine.anchor(deadline, this::unread).ifPresent(anchor -> {
        log.line(
            "",
            "audit anchor=" + anchor.number() + " heads=" + anchor.count() + " hash="
                + anchor.hash());
        left = null;
      });
      return true;
    } catch (RuntimeException e) {
      log.unexpected("", "sweeping", e);
      return false;
    }
  }

  private void unread(ExecutionId id, RuntimeException e) {
    log.line(
        id.value(),
        "audit: not anchored, its rows cannot be read (" + e.getClass().getSimpleName()
            + "); put them back from a backup. ./chatops audit verify tells the same");
  }

  /**
   * How many trails the newest anchor left out; asked of the store once, so that a process that did not make it knows, too.
   *
   * @throws chatops.engine.EngineException when the store does not tell
   */
  int unread() {
    Integer known = left;
    if (known == null) {
      known = unread.ids().size();
      left = known;
    }
    return known;
  }

  /** An execution that fails, or that a newer program wrote, keeps neither the others nor the sweep from their end. */
  private void failed(ExecutionId id, RuntimeException e) {
    if (e instanceof NewerFormatException) {
      log.line(id.value(), "left alone: " + e.getMessage());
    } else {
      log.unexpected(id.value(), "going on", e);
    }
  }

  /** When a sweep of this process last ended and left its sign. */
  Optional<Instant> ended() {
    return Optional.ofNullable(ended);
  }
}
