package chatops.execution.sqlite;

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
import chatops.engine.store.TaskRow;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Executions in one SQLite file, for one machine. A commit is one transaction, so tasks and blobs of a refused commit are not
 * written either. Any number of threads and further processes may read and write; writes of this process share fsyncs.
 */
public final class SqliteExecutionStore implements ExecutionStore {
  private final Database database;
  private final Writer writer;
  private final SharedRows shared;
  private final InstantSource clock;

  /**
   * Opens or creates the file.
   *
   * @throws IllegalStateException when the file cannot be durable, or is of a newer program
   */
  public SqliteExecutionStore(Path file, InstantSource clock) {
    this.database = new Database(file);
    this.writer = new Writer(database);
    this.shared = new SqliteSharedRows(database, writer);
    this.clock = clock;
  }

  @Override
  public Saved commit(Commit commit) {
    return writer.write(
        "committing " + commit.execution().id(),
        statements -> CommitWrite.write(statements, commit));
  }

  @Override
  public Optional<ExecutionRow> load(ExecutionId id) {
    return writer
        .read(
            "loading " + id,
            c -> c.all(
                Rows::execution,
                "SELECT " + Rows.EXECUTION + " FROM execution WHERE id = ?",
                id.value()))
        .stream()
        .findFirst();
  }

  @Override
  public List<TaskRow> tasks(ExecutionId id, TaskPath under) {
    String path = under.value();
    // '0' is the character after '.' and '/', which are all that can follow a whole path
    return writer.read(
        "reading tasks of " + id,
        c -> under.isRoot()
            ? c.all(
                Rows::task,
                "SELECT " + Rows.TASK + " FROM task WHERE execution = ? ORDER BY path",
                id.value())
            : c.all(
                Rows::task,
                "SELECT " + Rows.TASK
                    + " FROM task WHERE execution = ? AND (path = ? OR (path >= ? AND path < ?)) ORDER BY path",
                id.value(),
                path,
                path + ".",
                path + "0"));
  }

  @Override
  public Optional<Blob> blob(ExecutionId id, String hash) {
    return writer
        .read(
            "reading a blob of " + id,
            c -> c.all(
                row -> new Blob(row.getString(1), row.getString(2)),
                "SELECT hash, text FROM blob WHERE execution = ? AND hash = ?",
                id.value(),
                hash))
        .stream()
        .findFirst();
  }

  @Override
  public List<ExecutionRow> due(Instant now, int limit) {
    return database.read(
        "reading due executions",
        c -> c.all(
            Rows::execution,
            "SELECT " + Rows.EXECUTION
                + " FROM execution WHERE wake_at <= ? ORDER BY wake_at, id LIMIT ?",
            Rows.nanos(now),
            limit));
  }

  @Override
  public List<ExecutionRow> list(ExecutionQuery query) {
    Long before = Rows.nanosOrNull(query.before());
    return database.read(
        "listing executions",
        c -> c.all(
            Rows::execution,
            "SELECT " + Rows.EXECUTION
                + " FROM execution WHERE status = coalesce(?, status) AND template = coalesce(?, template)"
                + " AND started_by = coalesce(?, started_by) AND created_at < coalesce(?, created_at + 1)"
                + " ORDER BY created_at DESC, id DESC LIMIT ?",
            query.status(),
            query.template(),
            query.startedBy(),
            before,
            query.limit()));
  }

  @Override
  public void appendLogs(List<LogRow> lines) {
    writer.write("appending logs", statements -> CommitWrite.append(statements, lines));
  }

  @Override
  public boolean takesLines() {
    return true;
  }

  @Override
  public List<LogRow> logs(ExecutionId id, long afterSequence, int limit) {
    return database.read(
        "reading logs of " + id,
        c -> c.all(
            Rows::log,
            "SELECT * FROM log WHERE execution = ? AND sequence > ? ORDER BY sequence LIMIT ?",
            id.value(),
            afterSequence,
            limit));
  }

  @Override
  public List<AuditRow> audit(ExecutionId id) {
    return database.read(
        "reading the audit trail of " + id,
        c -> c.all(
            Rows::audit,
            "SELECT * FROM audit WHERE execution = ? ORDER BY last, hash",
            id.value()));
  }

  @Override
  public void deleteAudit(ExecutionId id) {
    writer.write(
        "deleting the audit trail of " + id,
        c -> c.update("DELETE FROM audit WHERE execution = ?", id.value()));
  }

  @Override
  public Guarded guard(String key, String value, Instant until) {
    return writer.write("guarding " + key, statements -> guard(statements, key, value, until));
  }

  private Guarded guard(Statements statements, String key, String value, Instant until)
      throws SQLException {
    statements.update("DELETE FROM guard WHERE until < ?", Rows.nanos(clock.instant()));
    int written = statements.update(
        "INSERT OR IGNORE INTO guard (key, value, until) VALUES (?, ?, ?)",
        key,
        value,
        Rows.nanos(until));
    if (written == 1) {
      return Guarded.NEW;
    }
    List<String> present =
        statements.all(row -> row.getString("value"), "SELECT value FROM guard WHERE key = ?", key);
    return present.contains(value) ? Guarded.SAME : Guarded.OTHER;
  }

  @Override
  public SharedRows shared() {
    return shared;
  }

  @Override
  public void delete(ExecutionId id) {
    writer.write("deleting " + id, statements -> {
      for (String table : new String[] {"blob", "task", "log"}) {
        statements.update("DELETE FROM " + table + " WHERE execution = ?", id.value());
      }
      return statements.update("DELETE FROM execution WHERE id = ?", id.value());
    });
  }

  @Override
  public void close() {
    writer.close();
    database.close();
  }
}
