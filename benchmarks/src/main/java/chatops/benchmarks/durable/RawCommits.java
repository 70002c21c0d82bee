package chatops.benchmarks.durable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What SQLite itself can do on this disk: one durable commit after another, a row of a kibibyte in each. */
final class RawCommits implements Stage.Performance {
  private static final String ROW = "x".repeat(1024);

  private final Connection connection;
  private final PreparedStatement insert;
  private final String durability;

  private RawCommits(Path file) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("CREATE TABLE raw (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
      durability = "SQLite " + one(statement, "SELECT sqlite_version()") + ", journal_mode = "
          + one(statement, "PRAGMA journal_mode") + ", PRAGMA synchronous reads back "
          + one(statement, "PRAGMA synchronous");
    }
    insert = connection.prepareStatement("INSERT INTO raw (text) VALUES (?)");
  }

  /** @param arguments the file of the store */
  public static void main(String[] arguments) throws Exception {
    Stage.show(new RawCommits(Path.of(arguments[0])));
  }

  private static String one(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.getString(1);
    }
  }

  /** One commit; nothing else may use the connection meanwhile. */
  @Override
  public synchronized void process() throws SQLException {
    insert.setString(1, ROW);
    insert.executeUpdate();
  }

  @Override
  public int callsOfAProcess() {
    return 0;
  }

  @Override
  public void loop(int items, int concurrency) {
    throw new UnsupportedOperationException("a raw store has no loops");
  }

  @Override
  public String facts() {
    return durability;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
