package chatops.engine.store;

import java.util.List;

/**
 * What one durable request writes: blobs and audit rows, then task rows, then the execution row at {@code expectedVersion}. A
 * store without multi-row transactions writes in that order, so that the execution row is the point of commit.
 *
 * @param expectedVersion stored version that must still stand; 0 means the row must not exist
 * @param lines of the log; none for a store that does not take them ({@link ExecutionStore#takesLines})
 */
public record Commit(
    ExecutionRow execution,
    long expectedVersion,
    List<TaskRow> tasks,
    List<Blob> blobs,
    List<AuditRow> audit,
    List<LogRow> lines) {
  public Commit {
    tasks = List.copyOf(tasks);
    blobs = List.copyOf(blobs);
    audit = List.copyOf(audit);
    lines = List.copyOf(lines);
  }

  /** One without lines of the log. */
  public Commit(
      ExecutionRow execution,
      long expectedVersion,
      List<TaskRow> tasks,
      List<Blob> blobs,
      List<AuditRow> audit) {
    this(execution, expectedVersion, tasks, blobs, audit, List.of());
  }

  /** One without audit rows and lines of the log. */
  public Commit(
      ExecutionRow execution, long expectedVersion, List<TaskRow> tasks, List<Blob> blobs) {
    this(execution, expectedVersion, tasks, blobs, List.of());
  }

  /** The same, with lines of the log. */
  public Commit with(List<LogRow> lines) {
    return new Commit(execution, expectedVersion, tasks, blobs, audit, lines);
  }

  /** Rows it writes in all, lines of the log left out. */
  public int rows() {
    return 1 + tasks.size() + blobs.size() + audit.size();
  }
}
