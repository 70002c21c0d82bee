package chatops.engine.share;

import chatops.engine.execution.Status;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore;
import java.util.Optional;

/** Whether executions still live, by the columns of their rows alone. */
record Living(ExecutionStore store) {
  /** How an execution stands. */
  enum State {
    LIVES,
    ENDED,
    /** There is no row: not yet, or no more. */
    ABSENT
  }

  State of(String id) {
    Optional<ExecutionRow> row = store.load(new ExecutionId(id));
    if (row.isEmpty()) {
      return State.ABSENT;
    }
    String status = row.get().status();
    for (Status each : Status.values()) {
      if (each.isFinal() && each.text().equals(status)) {
        return State.ENDED;
      }
    }
    return State.LIVES;
  }
}
