package chatops.execution.sqlite;

import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.store.AuditRow;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.LogRow;
import chatops.engine.store.TaskRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Rows of the tables as the engine's records. Columns of what each command reads are read by their place, since the driver asks for names row by row. */
final class Rows {
  /** The columns of {@link #execution}. */
  static final String EXECUTION =
      "id, version, schema, epoch, status, wake_at, created_at, template, started_by, document";

  /** The columns of {@link #task}. */
  static final String TASK = "execution, path, epoch, schema, document";

  private static final long NANOS = 1_000_000_000L;

  private Rows() {}

  static ExecutionRow execution(ResultSet row) throws SQLException {
    long wakeAt = row.getLong(6);
    boolean isAwaited = !row.wasNull();
    return new ExecutionRow(
        new ExecutionId(row.getString(1)),
        row.getLong(2),
        row.getInt(3),
        row.getLong(4),
        row.getString(5),
        isAwaited ? instant(wakeAt) : null,
        instant(row.getLong(7)),
        row.getString(8),
        row.getString(9),
        row.getString(10));
  }

  static TaskRow task(ResultSet row) throws SQLException {
    return new TaskRow(
        new ExecutionId(row.getString(1)),
        new TaskPath(row.getString(2)),
        row.getLong(3),
        row.getInt(4),
        row.getString(5));
  }

  static LogRow log(ResultSet row) throws SQLException {
    return new LogRow(
        new ExecutionId(row.getString("execution")),
        row.getLong("sequence"),
        instant(row.getLong("at")),
        new TaskPath(row.getString("task")),
        LogRow.Level.valueOf(row.getString("level")),
        row.getString("message"));
  }

  static AuditRow audit(ResultSet row) throws SQLException {
    return new AuditRow(
        new ExecutionId(row.getString("execution")),
        row.getLong("last"),
        row.getString("hash"),
        row.getString("text"));
  }

  static long nanos(Instant instant) {
    return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano());
  }

  static @Nullable Long nanosOrNull(@Nullable Instant instant) {
    return instant == null ? null : nanos(instant);
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }
}
