package chatops.engine.execution;

import java.time.Instant;

/**
 * A notice that still has to reach people; its text is made from the execution when it is sent.
 *
 * @param kind what to tell
 * @param subject approval or question id; empty for the end
 * @param tries deliveries that failed so far
 */
public record Untold(String id, Kind kind, String subject, int tries, Instant nextAt) {
  /** Notices that must arrive. */
  public enum Kind {
    DECISION_WANTED,
    OUTCOME_WANTED,
    ENDED
  }
}
