package chatops.engine.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an execution stands after a worker looked at it.
 *
 * @param status as OOS spells it; empty for UNKNOWN
 * @param wakeAt when it must be looked at again, for BUSY when its holder's lease ends; null when never or unknown
 */
public record Advanced(State state, String status, @Nullable Instant wakeAt) {
  /** How the look ended. */
  public enum State {
    /** No such execution. */
    UNKNOWN,
    /** Another worker holds it, or took it over in the middle. */
    BUSY,
    /** It waits for a time or for people, or this invocation's time was used up; a wake-up is arranged. */
    PARKED,
    /** It has ended. */
    ENDED
  }
}
