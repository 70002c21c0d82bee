package chatops.execution.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.id.ExecutionId;
import chatops.engine.store.Commit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
