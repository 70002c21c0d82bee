package chatops.execution.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection and the statements it has prepared, which are kept: there are few of them, and a commit takes a dozen. For one
 * thread at a time.
 */
final class Statements implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Statements(Connection connection) {
    this.connection = connection;
  }

  /** Reads one row of a result. */
  interface Shape<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** @return how many rows were written */
  int update(String sql, @Nullable Object... values) throws SQLException {
    return bound(sql, values).executeUpdate();
  }

  /** What has neither values nor a result. */
  void execute(String sql) throws SQLException {
    bound(sql).execute();
  }

  <T> List<T> all(Shape<T> shape, String sql, @Nullable Object... values) throws SQLException {
    List<T> result = new ArrayList<>();
    try (ResultSet rows = bound(sql, values).executeQuery()) {
      while (rows.next()) {
        result.add(shape.of(rows));
      }
    }
    return result;
  }

  private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  Connection connection() {
    return connection;
  }

  /** Ends the statements with the connection. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
