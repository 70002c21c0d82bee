package chatops.execution.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.id.ExecutionId;
import chatops.engine.store.ExecutionRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
  private static final int ROUNDS = 8;
  private static final int LONG_ROUNDS = 500;
  private static final long SEED = 20261120L;

  @TempDir
  Path folder;

  @Test
  void a_killed_process_has_lost_no_commit_it_acknowledged() throws Exception {
    kill(SEED, ROUNDS);
  }

  @Test
  @Tag("long")
  void many_killed_processes_have_lost_no_commit_they_acknowledged() throws Exception {
    int commits = kill(SEED + 1, LONG_ROUNDS);
    System.out.println("long-job: KillTest seed=" + (SEED + 1) + " count=" + LONG_ROUNDS
        + " executions=" + commits);
  }

  private int kill(long seed, int rounds) throws Exception {
    Path file = folder.resolve("store.db");
    Random random = new Random(seed);
    Map<String, Long> acknowledged = new HashMap<>();

    for (int round = 0; round < rounds; round++) {
      // enough for a few group commits, never the same point twice
      killAfter(file, "r" + round + "r", 20 + random.nextInt(400), acknowledged);
    }

    assertThat(acknowledged).hasSizeGreaterThan(rounds);
    try (SqliteExecutionStore store = new SqliteExecutionStore(file, InstantSource.system())) {
      for (Map.Entry<String, Long> commit : acknowledged.entrySet()) {
        Optional<ExecutionRow> row = store.load(new ExecutionId(commit.getKey()));
        assertThat(row).as("seed %s: %s", seed, commit.getKey()).isPresent();
        assertThat(row.get().version())
            .as(commit.getKey())
            .isGreaterThanOrEqualTo(commit.getValue());
        assertThat(row.get().document()).isEqualTo("{\"version\":" + row.get().version() + "}");
        assertThat(row.get().createdAt()).isEqualTo(CommitLoop.CREATED);
      }
    }
    return acknowledged.size();
  }

  private static void killAfter(Path file, String run, int lines, Map<String, Long> acknowledged)
      throws IOException, InterruptedException {
    Process child = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-XX:TieredStopAtLevel=1",
            CommitLoop.class.getName(),
            file.toString(),
            run)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      int read = 0;
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        String[] words = line.split(" ");
        // the last line may be cut by the kill
        if (words.length == 2 && !words[1].isEmpty()) {
          acknowledged.merge(words[0], Long.parseLong(words[1]), Math::max);
        }
        if (++read == lines) {
          // the process's own method would close its output, and with it what was acknowledged
          child.toHandle().destroyForcibly();
        }
      }
    }
    assertThat(child.waitFor()).as("killed, not failed").isEqualTo(137);
  }
}
