package chatops.execution.sqlite;

import chatops.engine.store.AuditRow;
import chatops.engine.store.Blob;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore.Saved;
import chatops.engine.store.LogRow;
import chatops.engine.store.TaskRow;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements of one commit, inside the writer's transaction; one that is refused leaves nothing written. */
final class CommitWrite {
  private CommitWrite() {}

  static Saved write(Statements statements, Commit commit) throws SQLException {
    ExecutionRow row = commit.execution();
    boolean isWritten =
        commit.expectedVersion() == 0 ? insert(statements, row) : update(statements, commit);
    if (!isWritten) {
      return Saved.CONFLICT;
    }
    for (TaskRow task : commit.tasks()) {
      if (!put(statements, task)) {
        throw new Refusal(Saved.CONFLICT);
      }
    }
    String id = row.id().value();
    for (Blob blob : commit.blobs()) {
      statements.update(
          "INSERT OR IGNORE INTO blob (execution, hash, text) VALUES (?, ?, ?)",
          id,
          blob.hash(),
          blob.text());
    }
    for (AuditRow audit : commit.audit()) {
      statements.update(
          "INSERT OR IGNORE INTO audit (execution, last, hash, text) VALUES (?, ?, ?, ?)",
          audit.execution().value(),
          audit.last(),
          audit.hash(),
          audit.text());
    }
    append(statements, commit.lines());
    return Saved.DONE;
  }

  /** Lines of the log, with a commit or on their own. @return how many */
  static int append(Statements statements, List<LogRow> lines) throws SQLException {
    for (LogRow line : lines) {
      statements.update(
          "INSERT OR REPLACE INTO log (execution, sequence, at, task, level, message)"
              + " VALUES (?, ?, ?, ?, ?, ?)",
          line.execution().value(),
          line.sequence(),
          Rows.nanos(line.at()),
          line.task().value(),
          line.level().name(),
          line.message());
    }
    return lines.size();
  }

  /** @return false where a row of a newer epoch stands */
  private static boolean put(Statements statements, TaskRow task) throws SQLException {
    return statements.update(
            "INSERT INTO task (execution, path, epoch, schema, document) VALUES (?, ?, ?, ?, ?)"
                + " ON CONFLICT (execution, path) DO UPDATE SET epoch = excluded.epoch, schema = excluded.schema,"
                + " document = excluded.document WHERE epoch <= excluded.epoch",
            task.execution().value(),
            task.path().value(),
            task.epoch(),
            task.schema(),
            task.document())
        == 1;
  }

  private static boolean insert(Statements statements, ExecutionRow row) throws SQLException {
    return statements.update(
            "INSERT OR IGNORE INTO execution (version, schema, epoch, status, wake_at, created_at, template,"
                + " started_by, document, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            columns(row))
        == 1;
  }

  private static boolean update(Statements statements, Commit commit) throws SQLException {
    @Nullable Object[] columns = columns(commit.execution());
    @Nullable Object[] values = Arrays.copyOf(columns, columns.length + 1);
    values[columns.length] = commit.expectedVersion();
    return statements.update(
            "UPDATE execution SET version = ?, schema = ?, epoch = ?, status = ?, wake_at = ?, created_at = ?,"
                + " template = ?, started_by = ?, document = ? WHERE id = ? AND version = ?",
            values)
        == 1;
  }

  private static @Nullable Object[] columns(ExecutionRow row) {
    return new @Nullable Object[] {
      row.version(),
      row.schema(),
      row.epoch(),
      row.status(),
      Rows.nanosOrNull(row.wakeAt()),
      Rows.nanos(row.createdAt()),
      row.template(),
      row.startedBy(),
      row.document(),
      row.id().value()
    };
  }
}
