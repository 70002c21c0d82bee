package chatops.engine.execution;

import java.time.Instant;

/** Who may run an execution's tasks, and until when. */
public record Lease(String owner, Instant until) {
  public boolean isLive(Instant now) {
    return now.isBefore(until);
  }
}
