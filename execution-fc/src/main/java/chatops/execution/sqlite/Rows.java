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

/** Rows of the tables as the engine's records. */
final class Rows {
  private static final long NANOS = 1_000_000_000L;

  private Rows() {}

  static ExecutionRow execution(ResultSet row) throws SQLException {
    return new ExecutionRow(
        new ExecutionId(row.getString("id")),
        row.getLong("version"),
        row.getInt("schema"),
        row.getLong("epoch"),
        row.getString("status"),
        row.getObject("wake_at") == null ? null : instant(row.getLong("wake_at")),
        instant(row.getLong("created_at")),
        row.getString("template"),
        row.getString("started_by"),
        row.getString("document"));
  }

  static TaskRow task(ResultSet row) throws SQLException {
    return new TaskRow(
        new ExecutionId(row.getString("execution")),
        new TaskPath(row.getString("path")),
        row.getLong("epoch"),
        row.getInt("schema"),
        row.getString("document"));
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
