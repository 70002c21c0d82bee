package chatops.execution.sqlite;

import chatops.engine.id.ExecutionId;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionRow;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A program that commits from two threads for ever, and prints what was acknowledged. Its test kills it. */
final class CommitLoop {
  static final Instant CREATED = Instant.parse("2026-01-01T00:00:00.123456789Z");

  private CommitLoop() {}

  public static void main(String[] arguments) throws IOException {
    SqliteExecutionStore store =
        new SqliteExecutionStore(Path.of(arguments[0]), InstantSource.system());
    for (String thread : new String[] {"a", "b"}) {
      new Thread(() -> commitForEver(store, arguments[1] + thread)).start();
    }
  }

  private static void commitForEver(SqliteExecutionStore store, String run) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (int i = 0; ; i++) {
      ExecutionId id = new ExecutionId("exec-" + run + "x" + i + "0000000");
      for (long version = 1; version <= 3; version++) {
        store.commit(new Commit(row(id, version), version - 1, List.of(), List.of()));
        out.println(id + " " + version);
      }
    }
  }

  static ExecutionRow row(ExecutionId id, long version) {
    return new ExecutionRow(
        id,
        version,
        1,
        1,
        "Running",
        CREATED,
        CREATED,
        "T",
        "cli:/x",
        "{\"version\":" + version + "}");
  }
}
