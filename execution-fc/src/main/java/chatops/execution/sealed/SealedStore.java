package chatops.execution.sealed;

import chatops.chat.reply.Seal;
import chatops.chat.reply.SealException;
import chatops.engine.execution.Codec;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.store.AuditRow;
import chatops.engine.store.Blob;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.LogRow;
import chatops.engine.store.SharedRows;
import chatops.engine.store.StoreException;
import chatops.engine.store.TaskRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A store in whose rows nobody reads what an execution works with: documents of executions and tasks, and the large values beside
 * them, are sealed with the first of {@code CHATOPS_SEAL_KEYS}, bound to their place, and opened with any. So a password that a
 * template was given lies nowhere in clear, nor what a template made of it. Columns that stores list and wait by (status,
 * template, who started it, when it is due), audit records and log lines, which are masked, stay readable. Rows that were written unsealed are read
 * as they are, and sealed when they are written again. Thread-safe.
 */
public final class SealedStore implements ExecutionStore {
  private final ExecutionStore rows;
  private final Seal seal;

  public SealedStore(ExecutionStore rows, Seal seal) {
    this.rows = rows;
    this.seal = seal;
  }

  @Override
  public Saved commit(Commit commit) {
    return rows.commit(new Commit(
        with(
            commit.execution(),
            seal.sealText(commit.execution().document(), place(commit.execution()))),
        commit.expectedVersion(),
        commit.tasks().stream()
            .map(task -> with(task, seal.sealText(task.document(), place(task))))
            .toList(),
        commit.blobs().stream()
            .map(blob -> new Blob(
                blob.hash(),
                seal.sealText(blob.text(), place(commit.execution().id(), blob.hash()))))
            .toList(),
        commit.audit(),
        commit.lines()));
  }

  @Override
  public Optional<ExecutionRow> load(ExecutionId id) {
    return rows.load(id).map(this::opened);
  }

  @Override
  public List<TaskRow> tasks(ExecutionId id, TaskPath under) {
    return rows.tasks(id, under).stream().map(this::opened).toList();
  }

  @Override
  public Optional<Blob> blob(ExecutionId id, String hash) {
    return rows.blob(id, hash).map(blob -> {
      try {
        return new Blob(hash, opened(blob.text(), place(id, hash)));
      } catch (SealException e) {
        throw new StoreException(
            "value " + hash + " of execution " + id + ": " + e.getMessage(), e);
      }
    });
  }

  @Override
  public List<ExecutionRow> due(Instant now, int limit) {
    return rows.due(now, limit).stream().map(this::opened).toList();
  }

  @Override
  public List<ExecutionRow> list(ExecutionQuery query) {
    return rows.list(query).stream().map(this::opened).toList();
  }

  @Override
  public void appendLogs(List<LogRow> lines) {
    rows.appendLogs(lines);
  }

  @Override
  public boolean takesLines() {
    return rows.takesLines();
  }

  @Override
  public List<LogRow> logs(ExecutionId id, long afterSequence, int limit) {
    return rows.logs(id, afterSequence, limit);
  }

  @Override
  public List<AuditRow> audit(ExecutionId id) {
    return rows.audit(id);
  }

  @Override
  public void deleteAudit(ExecutionId id) {
    rows.deleteAudit(id);
  }

  @Override
  public Guarded guard(String key, String value, Instant until) {
    return rows.guard(key, value, until);
  }

  @Override
  public SharedRows shared() {
    return rows.shared();
  }

  @Override
  public void delete(ExecutionId id) {
    rows.delete(id);
  }

  @Override
  public void close() {
    rows.close();
  }

  /** A row whose key is not here is left alone, as one of a newer program is: it hides no other and is not written over. */
  private ExecutionRow opened(ExecutionRow row) {
    try {
      return with(row, opened(row.document(), place(row)));
    } catch (SealException e) {
      return new ExecutionRow(
          row.id(),
          row.version(),
          Codec.UNREADABLE,
          row.epoch(),
          row.status(),
          row.wakeAt(),
          row.createdAt(),
          row.template(),
          row.startedBy(),
          "");
    }
  }

  private TaskRow opened(TaskRow row) {
    try {
      return with(row, opened(row.document(), place(row)));
    } catch (SealException e) {
      return new TaskRow(row.execution(), row.path(), row.epoch(), Codec.UNREADABLE, "");
    }
  }

  private String opened(String text, String place) {
    return Seal.isSealed(text) ? seal.openText(text, place) : text;
  }

  private static String place(ExecutionRow row) {
    return "execution " + row.id();
  }

  private static String place(TaskRow row) {
    return "task " + row.execution() + " " + row.path();
  }

  private static String place(ExecutionId id, String hash) {
    return "value " + id + " " + hash;
  }

  private static ExecutionRow with(ExecutionRow row, String document) {
    return row.as(row.version(), document);
  }

  private static TaskRow with(TaskRow row, String document) {
    return new TaskRow(row.execution(), row.path(), row.epoch(), row.schema(), document);
  }
}
