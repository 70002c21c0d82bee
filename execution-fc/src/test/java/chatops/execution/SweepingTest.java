package chatops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.handover.HandOver;
import chatops.engine.id.ExecutionId;
import chatops.engine.share.LastSweep;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionRow;
import chatops.execution.sqlite.SqliteExecutionStore;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepingTest {
  @RegisterExtension
  final Account account = Account.deployed();

  private Optional<Instant> sign() {
    try (SqliteExecutionStore store = store()) {
      return new LastSweep(store.shared()).time();
    }
  }

  private SqliteExecutionStore store() {
    return new SqliteExecutionStore(account.folder.resolve("store.db"), InstantSource.system());
  }

  /** An execution that is due, and whose document nobody can read. */
  private void due(int schema) {
    Instant longAgo = Instant.parse("2026-01-01T00:00:00Z");
    ExecutionRow row = new ExecutionRow(
        new ExecutionId("exec-unreadable0001"),
        1,
        schema,
        1,
        "Running",
        longAgo,
        longAgo,
        "T",
        "u",
        "{");
    try (SqliteExecutionStore store = store()) {
      store.commit(new Commit(row, 0, List.of(), List.of()));
    }
  }

  @Test
  void a_sweep_that_ends_leaves_its_sign_in_the_store() throws IOException {
    assertThat(sign()).isEmpty();
    Instant before = Instant.now();

    JsonNode answer = account.send(new HandOver.Sweep());

    assertThat(answer).isEmpty();

    assertThat(sign()).hasValueSatisfying(time -> assertThat(time).isAfterOrEqualTo(before));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9999})
  void neither_an_execution_that_fails_nor_one_of_a_newer_program_keeps_the_sweep_from_its_end(
      int schema) throws IOException {
    due(schema);

    assertThat(account.send(new HandOver.Sweep())).isEmpty();

    assertThat(sign()).isPresent();
  }

  @Test
  void a_sweep_that_cannot_look_for_what_is_due_leaves_no_sign() throws Exception {
    account.send(new HandOver.Wake("exec-unreadable0001", 1));
    try (Connection rows =
            DriverManager.getConnection("jdbc:sqlite:" + account.folder.resolve("store.db"));
        Statement statement = rows.createStatement()) {
      statement.execute("ALTER TABLE execution RENAME TO elsewhere");
    }

    JsonNode answer = account.send(new HandOver.Sweep());

    try (Connection rows =
            DriverManager.getConnection("jdbc:sqlite:" + account.folder.resolve("store.db"));
        Statement statement = rows.createStatement()) {
      statement.execute("ALTER TABLE elsewhere RENAME TO execution");
    }
    assertThat(sign()).isEmpty();
    assertThat(answer).hasToString(ExecutionHandler.FAILED);
  }
}
