package chatops.execution.sqlite;

import chatops.engine.EngineException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** Copies of a store in one file: written beside a running host, put back where none runs. */
public final class Backup {
  private Backup() {}

  /**
   * Writes the store as it stands at one moment; whoever writes meanwhile goes on.
   *
   * @return how many executions the copy holds
   * @throws EngineException when there is no such store, the file is there already, or the copy is not sound
   */
  public static int write(Path store, Path file) {
    if (!Files.isRegularFile(store)) {
      throw new EngineException("there is no store " + store + "; name the directory of a host");
    }
    if (Files.exists(file)) {
      throw new EngineException(file + " is there already; name another file");
    }
    Path draft = draft(file);
    try {
      // before the copy: what is in it is for its owner alone
      OwnerOnly.file(draft);
      try (Connection connection = open(store);
          Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA busy_timeout = 10000");
        statement.execute(
            "VACUUM INTO '" + draft.toAbsolutePath().toString().replace("'", "''") + "'");
      }
      int executions = check(draft);
      force(draft);
      take(draft, file);
      return executions;
    } catch (SQLException | IOException e) {
      throw new EngineException("backup of " + store + " to " + file + ": " + reason(e), e);
    } finally {
      remove(draft);
    }
  }

  /** What is under the file's own name is whole, whenever this process ends; an earlier one may have left its draft. */
  private static Path draft(Path file) {
    Path draft = file.resolveSibling(file.getFileName() + ".unfinished");
    remove(draft);
    return draft;
  }

  private static void force(Path draft) throws IOException {
    try (FileChannel whole = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      whole.force(true);
    }
  }

  private static void take(Path draft, Path file) throws IOException {
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void remove(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException left) {
      // why it could not be written is told, or is told next
    }
  }

  /** A file that is in the way, or missing, says no more than its name. */
  private static String reason(Exception e) {
    return e instanceof FileSystemException at && at.getReason() == null
        ? e.getClass().getSimpleName() + " at " + at.getFile()
        : String.valueOf(e.getMessage());
  }

  /**
   * Makes a copy the store. No process may have the store open.
   *
   * @param replace whether a store that holds executions, or cannot be read, may be lost
   * @throws EngineException when the copy is not sound, or the store may not be lost; nothing is changed then
   */
  public static int restore(Path file, Path store, boolean replace) {
    if (!Files.isRegularFile(file)) {
      throw new EngineException("there is no file " + file);
    }
    Path draft = draft(store);
    try {
      int executions = check(file);
      if (!replace) {
        requireEmpty(store);
      }
      OwnerOnly.file(draft);
      try (OutputStream out = Files.newOutputStream(draft)) {
        Files.copy(file, out);
      }
      force(draft);
      for (String left : new String[] {"-wal", "-shm"}) {
        // of the old store: with the new file they would be another store's changes
        Files.deleteIfExists(store.resolveSibling(store.getFileName() + left));
      }
      take(draft, store);
      return executions;
    } catch (SQLException | IOException e) {
      throw new EngineException("restoring " + store + " from " + file + ": " + reason(e), e);
    } finally {
      remove(draft);
    }
  }

  /** Every page is read and every row is in its index. */
  private static int check(Path file) throws SQLException {
    try (Connection connection = open(file);
        Statement statement = connection.createStatement()) {
      String found = one(statement, "PRAGMA integrity_check");
      if (!found.equals("ok")) {
        throw new EngineException(file + " is damaged: " + found);
      }
      int schema = Integer.parseInt(one(statement, "PRAGMA user_version"));
      if (schema < 1 || schema > Database.SCHEMA) {
        throw new EngineException(file + ": tables have schema " + schema + ", expected 1 to "
            + Database.SCHEMA + "; is it a backup of this program or an older one?");
      }
      return Integer.parseInt(one(statement, "SELECT count(*) FROM execution"));
    }
  }

  private static void requireEmpty(Path store) {
    try {
      int there = Files.isRegularFile(store) ? count(store) : 0;
      if (there > 0) {
        throw new EngineException("the store " + store + " holds " + there
            + " executions; back it up, then say --replace");
      }
    } catch (SQLException damaged) {
      throw new EngineException(
          "the store " + store + " cannot be read (" + damaged.getMessage()
              + "); keep a copy of it, then say --replace",
          damaged);
    }
  }

  private static int count(Path store) throws SQLException {
    try (Connection connection = open(store);
        Statement statement = connection.createStatement()) {
      int schema = Integer.parseInt(one(statement, "PRAGMA user_version"));
      return schema == 0 ? 0 : Integer.parseInt(one(statement, "SELECT count(*) FROM execution"));
    }
  }

  private static Connection open(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file, new SQLiteConfig().toProperties());
  }

  private static String one(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }
}
