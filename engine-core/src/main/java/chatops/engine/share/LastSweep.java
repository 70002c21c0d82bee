package chatops.engine.share;

import chatops.engine.store.SharedRows;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a sweep last got to its end, whichever process made it: one row of the store, for whoever watches. A timer that is switched on
 * says only that somebody wants sweeps. Thread-safe.
 */
public final class LastSweep {
  /** A sweep comes every minute; two may be lost before anybody is told. */
  private static final Duration LATE = Duration.ofMinutes(3);

  /** Several processes may sweep, and one sign of a minute is as good as ten. */
  private static final Duration APART = Duration.ofSeconds(30);

  private static final String KEY = "sweep:last";

  private final SharedJson shared;

  public LastSweep(SharedRows rows) {
    this.shared = new SharedJson(rows);
  }

  /** Leaves the sign: one read, and one write unless there is a sign of the last half minute. */
  public void ended(Instant now) {
    shared.change(
        KEY,
        row -> time(row).filter(last -> now.isBefore(last.plus(APART))).isPresent()
            ? row
            : row.put("ended", now.toString()));
  }

  /**
   * Empty where no sweep has ended yet.
   *
   * @throws chatops.engine.EngineException when the store does not tell
   */
  public Optional<Instant> time() {
    return time(shared.read(KEY));
  }

  private static Optional<Instant> time(ObjectNode row) {
    String ended = row.path("ended").asText();
    return ended.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(ended));
  }

  /** Whether something is wrong with the sweep, when the last one ended at {@code last}. */
  public static boolean isLate(Instant last, Instant now) {
    return !now.isBefore(last.plus(LATE));
  }
}
