package chatops.execution.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.store.AuditRow;
import chatops.engine.store.Blob;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore.Guarded;
import chatops.engine.store.ExecutionStore.Saved;
import chatops.engine.store.SharedRow;
import chatops.engine.store.SharedRows;
import chatops.engine.store.TaskRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  private static final ExecutionId ID = new ExecutionId("exec-00000000000000000000000000");

  @TempDir
  Path folder;

  @Test
  void a_place_that_cannot_keep_a_write_ahead_log_is_refused() {
    assertThatThrownBy(() -> new SqliteExecutionStore(Path.of(":memory:"), InstantSource.system()))
        .hasMessageContaining("journal_mode is memory")
        .hasMessageContaining("Put the file on a local disk");
  }

  @Test
  void the_file_and_what_lies_beside_it_are_their_owners_alone_also_where_they_were_not()
      throws Exception {
    Path file = Files.writeString(folder.resolve("open.db"), "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    try (SqliteExecutionStore store = new SqliteExecutionStore(file, InstantSource.system())) {
      store.guard("key", "value", Instant.now().plusSeconds(60));
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.toList())
            .hasSizeGreaterThan(1)
            .allSatisfy(each -> assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                .isEqualTo("rw-------"));
      }
    }
  }

  @Test
  void a_file_of_a_newer_program_is_refused_and_left_alone() throws SQLException {
    Path file = folder.resolve("newer.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 7");
    }

    assertThatThrownBy(() -> new SqliteExecutionStore(file, InstantSource.system()))
        .hasMessageContaining("schema 7")
        .hasMessageContaining("start the newer program");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void a_file_of_an_earlier_schema_is_brought_up_to_date_and_keeps_its_rows(int schema)
      throws SQLException {
    Path file = folder.resolve("older.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String table : tablesOf(schema)) {
        statement.execute(table);
      }
      statement.execute("INSERT INTO execution VALUES ('" + ID + "', 1, 3, 1, 'Running', 7, "
          + "0, 'restart', 'slack:T1/U1', '{\"a\":1}')");
      statement.execute("INSERT INTO task VALUES ('" + ID + "', 't0001', 1, 3, '{\"b\":2}')");
      statement.execute("INSERT INTO blob VALUES ('" + ID + "', 'cd', 'text')");
      statement.execute("INSERT INTO guard VALUES ('pair', 'message', " + Long.MAX_VALUE + ")");
      statement.execute("PRAGMA user_version = " + schema);
    }

    try (SqliteExecutionStore store = new SqliteExecutionStore(file, InstantSource.system())) {
      SharedRow row = new SharedRow("freeze", "s1", "{}");

      assertThat(store.shared().put(row, SharedRows.ABSENT)).isEqualTo(Saved.DONE);
      assertThat(store.guard("pair", "message", Instant.EPOCH)).isEqualTo(Guarded.SAME);
      assertThat(store.due(Instant.EPOCH.plusSeconds(1), 10))
          .extracting(ExecutionRow::id, ExecutionRow::document)
          .containsExactly(tuple(ID, "{\"a\":1}"));
      assertThat(store.tasks(ID, TaskPath.ROOT))
          .containsExactly(new TaskRow(ID, new TaskPath("t0001"), 1, 3, "{\"b\":2}"));
      assertThat(store.blob(ID, "cd")).contains(new Blob("cd", "text"));
      AuditRow audit = new AuditRow(ID, 1, "aa", "{}");
      assertThat(store.commit(
              new Commit(CommitLoop.row(ID, 2), 1, List.of(), List.of(), List.of(audit))))
          .isEqualTo(Saved.DONE);
      assertThat(store.audit(ID)).containsExactly(audit);
    }
  }

  /** As the programs of those days made them: none had row ids. */
  private static List<String> tablesOf(int schema) {
    return Tables.CREATE.stream()
        .filter(sql -> schema >= 2 || !sql.contains("TABLE shared"))
        .filter(sql -> schema >= 3 || !sql.contains("TABLE audit"))
        .map(sql -> sql.contains("TABLE") && !sql.endsWith("ROWID") ? sql + " WITHOUT ROWID" : sql)
        .toList();
  }

  @Test
  void a_file_that_is_no_database_is_named() throws Exception {
    Path file = Files.writeString(
        folder.resolve("notes.txt"), "not a database, but long enough to look at".repeat(9));

    assertThatThrownBy(() -> new SqliteExecutionStore(file, InstantSource.system()))
        .hasMessageContaining("notes.txt");
  }

  @Test
  void a_second_reader_sees_what_was_committed() {
    Path file = folder.resolve("store.db");
    try (SqliteExecutionStore first = new SqliteExecutionStore(file, InstantSource.system());
        SqliteExecutionStore second = new SqliteExecutionStore(file, InstantSource.system())) {
      first.commit(new Commit(CommitLoop.row(ID, 1), 0, List.of(), List.of()));

      assertThat(second.load(ID)).contains(CommitLoop.row(ID, 1));
    }
  }

  @Test
  void a_closed_store_says_so() {
    SqliteExecutionStore store =
        new SqliteExecutionStore(folder.resolve("store.db"), InstantSource.system());
    store.close();
    store.close();

    assertThatThrownBy(
            () -> store.commit(new Commit(CommitLoop.row(ID, 1), 0, List.of(), List.of())))
        .hasMessageContaining("the store is closed");
  }
}
