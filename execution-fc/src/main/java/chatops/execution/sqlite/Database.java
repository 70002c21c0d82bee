package chatops.execution.sqlite;

import chatops.engine.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.sqlite.SQLiteConfig;

/**
 * Connections to one database file, each checked to be durable before it is used: write-ahead log, and
 * {@code synchronous=FULL}, so that a commit that returned survives a power cut. Read connections are pooled. Thread-safe.
 */
final class Database implements AutoCloseable {
  /** Format of the tables; a newer file is refused, an older one is brought up step by step. */
  static final int SCHEMA = 4;

  private static final int SYNCHRONOUS_FULL = 2;
  private static final int BUSY_TIMEOUT_MILLIS = 10_000;

  /** Pages in the write-ahead log before they are copied into the file: 16 MB. */
  private static final int CHECKPOINT_PAGES = 4000;

  /** What the connection that writes keeps in memory: enough for the inner pages of a large file, and the rows of today. */
  private static final int CACHE_KIB = 16 * 1024;

  private final Path file;
  private final Queue<Statements> idle = new ConcurrentLinkedQueue<>();

  /** Something done on a connection. */
  interface Use<T> {
    T with(Statements statements) throws SQLException;
  }

  Database(Path file) {
    this.file = file;
  }

  /** The connection all writes go through; creates the tables where the file is new. */
  Statements openWriter() {
    try {
      keepToOwner();
      Connection connection = open();
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA cache_size = -" + CACHE_KIB);
        statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
      }
      prepare(connection);
      return new Statements(connection);
    } catch (SQLException | IOException e) {
      throw failure("opening", e);
    }
  }

  /** SQLite makes the files beside a database with the database's own mode; those of an older program may be there already. */
  private void keepToOwner() throws IOException {
    if (file.toString().startsWith(":")) {
      return;
    }
    OwnerOnly.file(file);
    for (String beside : new String[] {"-wal", "-shm"}) {
      Path left = file.resolveSibling(file.getFileName() + beside);
      if (Files.exists(left)) {
        OwnerOnly.file(left);
      }
    }
  }

  <T> T read(String what, Use<T> use) {
    try {
      Statements statements = idle.poll();
      if (statements == null) {
        statements = new Statements(open());
      }
      return read(statements, use);
    } catch (SQLException e) {
      throw failure(what, e);
    }
  }

  private <T> T read(Statements statements, Use<T> use) throws SQLException {
    try {
      T result = use.with(statements);
      idle.add(statements);
      return result;
    } catch (SQLException | RuntimeException e) {
      statements.close();
      throw e;
    }
  }

  StoreException failure(String doing, Throwable cause) {
    return new StoreException(
        "SQLite store " + file + ": " + doing + ": " + cause.getMessage(), cause);
  }

  private Connection open() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setGetGeneratedKeys(false);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = " + BUSY_TIMEOUT_MILLIS);
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      requireDurable(statement);
      commitHere(connection, statement);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  /**
   * Transactions are begun and ended by this package's own statements: in its automatic mode the driver begins and ends one around each
   * statement, to no purpose.
   */
  private static void commitHere(Connection connection, Statement statement) throws SQLException {
    connection.setAutoCommit(false);
    statement.execute("COMMIT");
  }

  /** Setting a pragma never fails, it just does nothing where the file system cannot: so both are read back. */
  private void requireDurable(Statement statement) throws SQLException {
    String mode = one(statement, "PRAGMA journal_mode");
    String synchronous = one(statement, "PRAGMA synchronous");
    if (!mode.equalsIgnoreCase("wal") || !synchronous.equals(String.valueOf(SYNCHRONOUS_FULL))) {
      throw new IllegalStateException(
          "SQLite store "
              + file
              + ": journal_mode is "
              + mode
              + " and synchronous is "
              + synchronous
              + "; expected wal and 2 (FULL). Put the file on a local disk, not on a network or memory file system");
    }
  }

  private void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      int present = Integer.parseInt(one(statement, "PRAGMA user_version"));
      if (present > SCHEMA) {
        statement.execute("ROLLBACK");
        connection.close();
        throw new IllegalStateException("SQLite store " + file + ": tables have schema " + present
            + ", this program knows up to " + SCHEMA
            + "; start the newer program, or name another file in CHATOPS_STORE");
      }
      if (present < SCHEMA) {
        for (String table : present == 0 ? Tables.CREATE : missing(present)) {
          statement.execute(table);
        }
        statement.execute("PRAGMA user_version = " + SCHEMA);
      }
      statement.execute("COMMIT");
    }
  }

  private static List<String> missing(int present) {
    return Tables.STEPS.subList(present - 1, SCHEMA - 1).stream()
        .flatMap(List::stream)
        .toList();
  }

  private static String one(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  @Override
  public void close() {
    for (Statements statements = idle.poll(); statements != null; statements = idle.poll()) {
      try {
        statements.close();
      } catch (SQLException e) {
        throw failure("closing", e);
      }
    }
  }
}
