package chatops.engine.store;

import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Persistence of executions. Every implementation passes {@code ExecutionStoreContract}. Thread-safe. When a method
 * returns normally its writes are durable.
 */
public interface ExecutionStore extends AutoCloseable {
  /** How a conditional write ended. */
  enum Saved {
    DONE,
    /** Another version (or, on creation, any row) stands; nothing of the commit's execution row was written. */
    CONFLICT
  }

  /** How a guard row answered. */
  enum Guarded {
    NEW,
    /** The same key with the same value was put before: a duplicate. */
    SAME,
    /** The same key was put before with another value: a forgery. */
    OTHER
  }

  /**
   * Writes a commit if the stored version is as expected.
   *
   * @throws StoreException when the fate of the write is unknown or the store is unreachable; the caller re-reads
   */
  Saved commit(Commit commit);

  Optional<ExecutionRow> load(ExecutionId id);

  /** All task rows of an execution at or below {@code under} ({@link TaskPath#isWithin}), in path order. */
  List<TaskRow> tasks(ExecutionId id, TaskPath under);

  Optional<Blob> blob(ExecutionId id, String hash);

  /** Executions whose wakeAt is not after {@code now}, earliest first. */
  List<ExecutionRow> due(Instant now, int limit);

  List<ExecutionRow> list(ExecutionQuery query);

  void appendLogs(List<LogRow> lines);

  /**
   * Whether {@link #commit} writes lines of the log in the same transaction, and so for nothing. A store where they would cost
   * each commit another request is given them by {@link #appendLogs}, now and then.
   */
  default boolean takesLines() {
    return false;
  }

  List<LogRow> logs(ExecutionId id, long afterSequence, int limit);

  /** All audit rows of an execution, by their last record; also of one that is deleted. */
  List<AuditRow> audit(ExecutionId id);

  /** Removes the audit rows of an execution, which {@link #delete} leaves. */
  void deleteAudit(ExecutionId id);

  /** Puts a guard row if absent; it may be dropped after {@code until}. */
  Guarded guard(String key, String value, Instant until);

  /** Rows that executions share. */
  SharedRows shared();

  /** Removes an execution with all that belongs to it: blobs, tasks, logs, then the execution row. Its audit rows stay. */
  void delete(ExecutionId id);

  @Override
  void close();
}
