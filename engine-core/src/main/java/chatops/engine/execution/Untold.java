package chatops.engine.execution;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notice that still has to reach people; its text is made from the execution when it is sent.
 *
 * @param kind what to tell
 * @param subject approval or question id; empty for the end
 * @param tries deliveries that failed so far
 * @param throttledAt when it was first put off because there were too many; null while it was not
 */
public record Untold(
    String id,
    Kind kind,
    String subject,
    int tries,
    Instant nextAt,
    @Nullable Instant throttledAt) {
  public Untold(String id, Kind kind, String subject, int tries, Instant nextAt) {
    this(id, kind, subject, tries, nextAt, null);
  }

  /** Notices that must arrive. */
  public enum Kind {
    DECISION_WANTED,
    /** An approval expires soon. */
    REMINDER,
    /** An approval is closed, however that came. */
    DECISION_MADE,
    OUTCOME_WANTED,
    /** A question about an unknown outcome is answered, or is not one any more. */
    OUTCOME_MADE,
    /** A task failed and waits, in FailurePause mode; the subject is its path. */
    FAILURE,
    /** It waits in a queue; the subject is its place. */
    QUEUED,
    /** It waits for a resource; the subject is the resource, a bar and the owner. */
    HELD,
    ENDED,
    /** A child's end, for the trigger execution that it belongs to. */
    PARENT;

    /** Whether it is told after the execution's end, too. */
    boolean outlives() {
      return this == ENDED || this == PARENT || this == DECISION_MADE || this == OUTCOME_MADE;
    }
  }
}
