package chatops.engine.store;

import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A few workers at once on a few executions of one store, each doing what its seed says, and everything they saw. */
final class StoreHistory {
  static final Instant NOW = ExecutionStoreContract.NOW;
  static final int WORKERS = 3;
  static final List<TaskPath> PATHS = List.of(new TaskPath("t0001"), new TaskPath("t0002.0003"));

  private static final int EXECUTIONS = 2;
  private static final int CALLS = 8;
  private static final int SEEN = 100;

  private final ExecutionStore store;
  private final long seed;
  private final AtomicLong time = new AtomicLong();
  private final List<ExecutionId> executions = new ArrayList<>();

  StoreHistory(ExecutionStore store, long seed) {
    this.store = store;
    this.seed = seed;
    for (int i = 0; i < EXECUTIONS; i++) {
      executions.add(new ExecutionId(
          "exec-h" + Long.toString(seed, 36).replace('-', 'm') + "x" + i + "history"));
    }
  }

  List<ExecutionId> executions() {
    return executions;
  }

  List<StoreAction> run(ExecutorService threads) throws Exception {
    List<Future<List<StoreAction>>> workers = new ArrayList<>();
    for (int worker = 1; worker <= WORKERS; worker++) {
      int number = worker;
      Callable<List<StoreAction>> work = () -> work(number);
      workers.add(threads.submit(work));
    }
    List<StoreAction> actions = new ArrayList<>();
    for (Future<List<StoreAction>> worker : workers) {
      actions.addAll(worker.get());
    }
    return actions;
  }

  private List<StoreAction> work(int worker) {
    Random random = new Random(seed * 31 + worker);
    List<StoreAction> actions = new ArrayList<>();
    for (int call = 0; call < CALLS; call++) {
      ExecutionId id = executions.get(random.nextInt(EXECUTIONS));
      int choice = random.nextInt(10);
      if (choice < 7) {
        @Nullable StoreAction seen = load(worker, id);
        if (seen != null) actions.add(seen);
        long version = seen == null || seen.result().rows().isEmpty()
            ? 0
            : seen.result().rows().get(0).version();
        boolean isStale = version > 0 && random.nextInt(6) == 0;
        actions.add(commit(worker, id, isStale ? version - 1 : version, call, random));
      } else {
        StoreAction seen = choice < 8 ? load(worker, id) : due(worker, id);
        if (seen != null) actions.add(seen);
      }
    }
    return actions;
  }

  private StoreAction commit(int worker, ExecutionId id, long expected, int call, Random random) {
    String mark = "{\"by\":\"" + worker + "." + call + "\"}";
    Instant wakeAt = random.nextInt(4) == 0 ? null : NOW.plusSeconds(random.nextInt(120) - 60);
    ExecutionRow row =
        new ExecutionRow(id, expected + 1, 1, worker, "Running", wakeAt, NOW, "T", "u", mark);
    List<TaskRow> tasks = new ArrayList<>();
    for (TaskPath path : PATHS) {
      if (random.nextInt(3) == 0) tasks.add(new TaskRow(id, path, worker, 1, mark));
    }
    List<Blob> blobs =
        random.nextInt(4) == 0 ? List.of(new Blob("b" + worker + "x" + call, mark)) : List.of();
    List<AuditRow> audit = random.nextInt(3) == 0
        ? List.of(new AuditRow(id, expected + 1, "h" + worker + "x" + call, mark))
        : List.of();
    Commit commit = new Commit(row, expected, tasks, blobs, audit);
    long begun = time.incrementAndGet();
    ExecutionStore.@Nullable Saved saved;
    try {
      saved = store.commit(commit);
    } catch (StoreException unknown) {
      saved = null;
    }
    return new StoreAction(
        worker,
        StoreAction.Kind.COMMIT,
        id,
        begun,
        time.incrementAndGet(),
        commit,
        new StoreAction.Result(saved, List.of()));
  }

  private @Nullable StoreAction load(int worker, ExecutionId id) {
    long begun = time.incrementAndGet();
    try {
      List<ExecutionRow> rows = store.load(id).stream().toList();
      return read(worker, StoreAction.Kind.LOAD, id, begun, rows);
    } catch (StoreException unanswered) {
      return null;
    }
  }

  private @Nullable StoreAction due(int worker, ExecutionId id) {
    long begun = time.incrementAndGet();
    try {
      List<ExecutionRow> rows =
          store.due(NOW, SEEN).stream().filter(row -> row.id().equals(id)).toList();
      return read(worker, StoreAction.Kind.DUE, id, begun, rows);
    } catch (StoreException unanswered) {
      return null;
    }
  }

  private StoreAction read(
      int worker, StoreAction.Kind kind, ExecutionId id, long begun, List<ExecutionRow> rows) {
    ExecutionRow none = new ExecutionRow(id, 0, 1, 0, "Running", null, NOW, "T", "u", "{}");
    Commit nothing = new Commit(none, 0, List.of(), List.of());
    return new StoreAction(
        worker,
        kind,
        id,
        begun,
        time.incrementAndGet(),
        nothing,
        new StoreAction.Result(null, rows));
  }
}
