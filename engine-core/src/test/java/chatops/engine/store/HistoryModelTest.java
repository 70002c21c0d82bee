package chatops.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.store.memory.InMemoryExecutionStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The model finds what it is there to find: stores with one planted mistake each. */
class HistoryModelTest {
  private final ExecutionStore sound =
      new InMemoryExecutionStore(InstantSource.fixed(ExecutionStoreContract.NOW));

  /** A store that does as another does; a mistake overrides one method. */
  private class Faulty implements ExecutionStore {
    @Override
    public Saved commit(Commit commit) {
      return sound.commit(commit);
    }

    @Override
    public Optional<ExecutionRow> load(ExecutionId id) {
      return sound.load(id);
    }

    @Override
    public List<TaskRow> tasks(ExecutionId id, TaskPath under) {
      return sound.tasks(id, under);
    }

    @Override
    public Optional<Blob> blob(ExecutionId id, String hash) {
      return sound.blob(id, hash);
    }

    @Override
    public List<ExecutionRow> due(Instant now, int limit) {
      return sound.due(now, limit);
    }

    @Override
    public List<ExecutionRow> list(ExecutionQuery query) {
      return sound.list(query);
    }

    @Override
    public SharedRows shared() {
      return sound.shared();
    }

    @Override
    public void appendLogs(List<LogRow> lines) {
      sound.appendLogs(lines);
    }

    @Override
    public List<LogRow> logs(ExecutionId id, long afterSequence, int limit) {
      return sound.logs(id, afterSequence, limit);
    }

    @Override
    public List<AuditRow> audit(ExecutionId id) {
      return sound.audit(id);
    }

    @Override
    public void deleteAudit(ExecutionId id) {
      sound.deleteAudit(id);
    }

    @Override
    public Guarded guard(String key, String value, Instant until) {
      return sound.guard(key, value, until);
    }

    @Override
    public void delete(ExecutionId id) {
      sound.delete(id);
    }

    @Override
    public void close() {
      sound.close();
    }
  }

  private static void assertCaught(ExecutionStore faulty, String symptom) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(StoreHistory.WORKERS);
    List<String> violations = new ArrayList<>();
    try {
      for (long seed = 0; seed < 200; seed++) {
        StoreHistory history = new StoreHistory(faulty, seed);
        List<StoreAction> actions = history.run(threads);
        for (ExecutionId id : history.executions()) {
          violations.addAll(new HistoryModel(id, actions).violations(faulty));
          faulty.delete(id);
        }
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(violations).anySatisfy(violation -> assertThat(violation).contains(symptom));
  }

  @Test
  void a_version_that_is_not_checked() throws Exception {
    assertCaught(
        new Faulty() {
          @Override
          public synchronized Saved commit(Commit commit) {
            long stored =
                sound.load(commit.execution().id()).map(ExecutionRow::version).orElse(0L);
            return sound.commit(new Commit(
                commit.execution(), stored, commit.tasks(), commit.blobs(), commit.audit()));
          }
        },
        "was won twice");
  }

  @Test
  void a_lost_answer_taken_for_a_conflict() throws Exception {
    Random random = new Random(1);
    assertCaught(
        new Faulty() {
          @Override
          public Saved commit(Commit commit) {
            Saved saved = sound.commit(commit);
            return random.nextInt(10) == 0 ? Saved.CONFLICT : saved;
          }
        },
        "was written by nobody who was told so");
  }

  @Test
  void a_write_that_is_acknowledged_and_dropped() throws Exception {
    Random random = new Random(1);
    assertCaught(
        new Faulty() {
          @Override
          public Saved commit(Commit commit) {
            return random.nextInt(10) == 0 ? Saved.DONE : sound.commit(commit);
          }
        },
        "a commit was lost");
  }

  @Test
  void a_read_from_a_copy_that_lags_behind() throws Exception {
    Map<ExecutionId, Optional<ExecutionRow>> copies = new ConcurrentHashMap<>();
    assertCaught(
        new Faulty() {
          @Override
          public Optional<ExecutionRow> load(ExecutionId id) {
            Optional<ExecutionRow> older = copies.put(id, sound.load(id));
            return older == null ? sound.load(id) : older;
          }
        },
        "after");
  }

  @Test
  void an_epoch_that_is_not_checked() throws Exception {
    assertCaught(
        new Faulty() {
          @Override
          public Saved commit(Commit commit) {
            List<TaskRow> unchecked = commit.tasks().stream()
                .map(task -> new TaskRow(
                    task.execution(),
                    task.path(),
                    1,
                    Math.toIntExact(task.epoch()),
                    task.document()))
                .toList();
            return sound.commit(new Commit(
                commit.execution(),
                commit.expectedVersion(),
                unchecked,
                commit.blobs(),
                commit.audit()));
          }

          @Override
          public List<TaskRow> tasks(ExecutionId id, TaskPath under) {
            return sound.tasks(id, under).stream()
                .map(task ->
                    new TaskRow(task.execution(), task.path(), task.schema(), 1, task.document()))
                .toList();
          }
        },
        "task t");
  }

  @Test
  void a_sweep_that_skips_a_shard() throws Exception {
    assertCaught(
        new Faulty() {
          @Override
          public List<ExecutionRow> due(Instant now, int limit) {
            return sound.due(now, limit).stream()
                .filter(row -> !row.id().value().contains("x1"))
                .toList();
          }
        },
        "due");
  }

  @Test
  void blobs_written_after_the_row_that_needs_them_and_lost() throws Exception {
    Random random = new Random(1);
    assertCaught(
        new Faulty() {
          @Override
          public Saved commit(Commit commit) {
            List<Blob> kept = random.nextInt(10) == 0 ? List.of() : commit.blobs();
            return sound.commit(new Commit(
                commit.execution(),
                commit.expectedVersion(),
                commit.tasks(),
                kept,
                commit.audit()));
          }
        },
        "blob");
  }

  @Test
  void audit_rows_that_a_commit_leaves_out() throws Exception {
    Random random = new Random(1);
    assertCaught(
        new Faulty() {
          @Override
          public Saved commit(Commit commit) {
            List<AuditRow> kept = random.nextInt(10) == 0 ? List.of() : commit.audit();
            return sound.commit(new Commit(
                commit.execution(),
                commit.expectedVersion(),
                commit.tasks(),
                commit.blobs(),
                kept));
          }
        },
        "audit row");
  }
}
