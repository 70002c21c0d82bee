package chatops.engine.store;

import java.util.List;

/**
 * What one durable request writes: blobs and audit rows, then task rows, then the execution row at {@code expectedVersion}. A
 * store without multi-row transactions writes in that order, so that the execution row is the point of commit.
 *
 * @param expectedVersion stored version that must still stand; 0 means the row must not exist
 */
public record Commit(
    ExecutionRow execution,
    long expectedVersion,
    List<TaskRow> tasks,
    List<Blob> blobs,
    List<AuditRow> audit) {
  public Commit {
    tasks = List.copyOf(tasks);
    blobs = List.copyOf(blobs);
    audit = List.copyOf(audit);
  }

  /** One without audit rows. */
  public Commit(
      ExecutionRow execution, long expectedVersion, List<TaskRow> tasks, List<Blob> blobs) {
    this(execution, expectedVersion, tasks, blobs, List.of());
  }

  /** Rows it writes in all. */
  public int rows() {
    return 1 + tasks.size() + blobs.size() + audit.size();
  }
}
