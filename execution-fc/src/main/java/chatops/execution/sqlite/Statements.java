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
    PreparedStatement statement = bound(sql, values);
    try {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw forgotten(sql, statement, e);
    }
  }

  /** What has neither values nor a result. */
  void execute(String sql) throws SQLException {
    PreparedStatement statement = bound(sql);
    try {
      statement.execute();
    } catch (SQLException e) {
      throw forgotten(sql, statement, e);
    }
  }

  <T> List<T> all(Shape<T> shape, String sql, @Nullable Object... values) throws SQLException {
    List<T> result = new ArrayList<>();
    PreparedStatement statement = bound(sql, values);
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        result.add(shape.of(rows));
      }
    } catch (SQLException e) {
      throw forgotten(sql, statement, e);
    }
    return result;
  }

  /**
   * The driver ends a statement that the disk failed (a full one, too), and it would fail for ever: the next use prepares it anew.
   */
  private SQLException forgotten(String sql, PreparedStatement statement, SQLException failure) {
    prepared.remove(sql);
    try {
      statement.close();
    } catch (SQLException ended) {
      failure.addSuppressed(ended);
    }
    return failure;
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
