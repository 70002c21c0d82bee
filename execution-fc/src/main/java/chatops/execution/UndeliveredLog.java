package chatops.execution;

import chatops.engine.EngineException;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.LogRow;
import chatops.execution.notify.Digests;
import java.time.Instant;
import java.util.List;

/** Writes a line into the execution's own log when what was kept for a digest can reach nobody. */
record UndeliveredLog(ExecutionStore store, Log log) implements Digests.Lost {
  /** A lost digest is told in the function's log, too: it is about many. */
  @Override
  public void line(String executionId, Instant at, String detail) {
    log.line(executionId, detail);
    if (executionId.startsWith("exec-")) {
      try {
        append(new ExecutionId(executionId), at, detail);
      } catch (EngineException | IllegalArgumentException e) {
        log.line(executionId, "its own log did not take that: " + e.getMessage());
      }
    }
  }

  private void append(ExecutionId execution, Instant at, String detail) {
    // microseconds since 1970, as the engine numbers its lines, so that this one sorts in by its
    // time
    long sequence = at.getEpochSecond() * 1_000_000 + at.getNano() / 1000 + 1;
    store.appendLogs(List.of(new LogRow(
        execution,
        sequence,
        at,
        TaskPath.ROOT,
        LogRow.Level.WARN,
        "result undelivered: " + detail)));
  }
}
