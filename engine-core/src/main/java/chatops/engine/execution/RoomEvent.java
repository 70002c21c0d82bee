package chatops.engine.execution;

import java.time.Instant;
import java.util.Set;

/** Something that keeps an execution's row from growing without end. */
public interface RoomEvent extends Event {

  /** Approvals and questions that nothing depends on any more are left out; the log and the audit records have them. */
  record Forgotten(Set<String> ids) implements RoomEvent {
    public Forgotten {
      ids = Set.copyOf(ids);
    }

    @Override
    public Execution on(Execution e) {
      boolean isKnown = ids.stream()
          .anyMatch(id -> e.approvals().containsKey(id) || e.questions().containsKey(id));
      if (!isKnown) {
        return e;
      }
      Draft d = e.draft();
      d.approvals.keySet().removeAll(ids);
      d.questions.keySet().removeAll(ids);
      return d.build();
    }
  }

  /**
   * The row cannot take what happened: the execution fails, and leaves out what filled it. Calls under way are not waited
   * for.
   */
  record Overflowed(String message, Instant at) implements RoomEvent {
    @Override
    public Execution on(Execution e) {
      if (e.status().isFinal()) {
        return e;
      }
      Draft d = e.draft();
      d.approvals.clear();
      d.questions.clear();
      d.orders.clear();
      d.fetched.clear();
      d.status = Status.FAILED;
      d.waitingStatus = WaitingStatus.NONE;
      d.statusMessage = message;
      d.updatedAt = at;
      d.endedAt = at;
      d.lease = null;
      d.untold.clear();
      return d.restingUntilTold().build();
    }
  }
}
