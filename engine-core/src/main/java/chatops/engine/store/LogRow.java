package chatops.engine.store;

import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import java.time.Instant;

/** One line of an execution's log. Order within an execution is {@code sequence}. */
public record LogRow(
    ExecutionId execution, long sequence, Instant at, TaskPath task, Level level, String message) {
  /** The LogType of ListExecutionLogs. */
  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }
}
