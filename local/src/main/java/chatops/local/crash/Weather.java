package chatops.local.crash;

import chatops.engine.id.ExecutionId;
import chatops.engine.notice.Notice;
import java.time.Instant;

/** What befalls a host at its boundaries, and what it sends into the world. Called in the actor's thread. */
interface Weather {
  /**
   * The host is at a place; this may let others go on first.
   *
   * @return whether it is cut here
   */
  boolean strikes(Place place, String what);

  /** The host is about to use the store; may throw what a store throws. */
  default void storing() {}

  /** A wake-up was arranged. */
  void woken(ExecutionId id, Instant at, boolean isTwice);

  void told(Notice notice);
}
