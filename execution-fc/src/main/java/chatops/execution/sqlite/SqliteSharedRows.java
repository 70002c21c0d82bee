package chatops.execution.sqlite;

import chatops.engine.store.ExecutionStore.Saved;
import chatops.engine.store.SharedRow;
import chatops.engine.store.SharedRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Shared rows in the same file, and in the same transactions, as the executions. */
final class SqliteSharedRows implements SharedRows {
  private final Database database;
  private final Writer writer;

  SqliteSharedRows(Database database, Writer writer) {
    this.database = database;
    this.writer = writer;
  }

  @Override
  public Optional<SharedRow> find(String key) {
    return writer
        .read(
            "reading " + key,
            c -> c.all(SqliteSharedRows::row, "SELECT * FROM shared WHERE key = ?", key))
        .stream()
        .findFirst();
  }

  @Override
  public List<SharedRow> under(String prefix, int limit) {
    return database.read(
        "reading " + prefix + "…",
        c -> c.all(
            SqliteSharedRows::row,
            "SELECT * FROM shared WHERE key >= ? AND substr(key, 1, ?) = ? ORDER BY key LIMIT ?",
            prefix,
            prefix.codePointCount(0, prefix.length()),
            prefix,
            limit));
  }

  @Override
  public Saved put(SharedRow row, String expected) {
    int written = expected.equals(ABSENT)
        ? write(
            row.key(),
            "INSERT OR IGNORE INTO shared (stamp, value, key) VALUES (?, ?, ?)",
            row.stamp(),
            row.value(),
            row.key())
        : write(
            row.key(),
            "UPDATE shared SET stamp = ?, value = ? WHERE key = ? AND stamp = ?",
            row.stamp(),
            row.value(),
            row.key(),
            expected);
    return written == 1 ? Saved.DONE : Saved.CONFLICT;
  }

  @Override
  public Saved remove(String key, String expected) {
    int left = writer.write("removing " + key, statements -> {
      statements.update("DELETE FROM shared WHERE key = ? AND stamp = ?", key, expected);
      return statements
          .all(SqliteSharedRows::row, "SELECT * FROM shared WHERE key = ?", key)
          .size();
    });
    return left == 0 ? Saved.DONE : Saved.CONFLICT;
  }

  private int write(String key, String sql, Object... values) {
    return writer.write("writing " + key, c -> c.update(sql, values));
  }

  private static SharedRow row(ResultSet row) throws SQLException {
    return new SharedRow(row.getString("key"), row.getString("stamp"), row.getString("value"));
  }
}
