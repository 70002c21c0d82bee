package chatops.local.crash;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.Engine;
import chatops.engine.StartExecution;
import chatops.engine.Started;
import chatops.engine.cloud.Session;
import chatops.engine.execution.Invoker;
import chatops.engine.execution.SafetyCheck;
import chatops.engine.execution.Waits;
import chatops.engine.id.ExecutionId;
import chatops.engine.notice.Links;
import chatops.engine.run.Ports;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.StoreException;
import chatops.engine.store.memory.InMemoryExecutionStore;
import chatops.execution.sqlite.SqliteExecutionStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many at once: deliveries, races, waiting executions. */
class ManyExecutionsTest {
  private static final long SEED = 20261121;
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final int WINDOW = 500;
  private static final int COPIES = 10;
  private static final String ONCE = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - {Name: delete, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: DeleteThing}}
      """;

  @TempDir
  private Path folder;

  @Test
  void an_event_that_is_delivered_ten_times_in_any_order_starts_one_execution() {
    assertThat(deliveries(1_000)).isEmpty();
  }

  @Test
  @Tag("long")
  void a_million_deliveries_start_a_hundred_thousand_executions() {
    int executions = 100_000;
    List<String> wrong = deliveries(executions);

    System.out.println("long-job: Deliveries seed=" + SEED + " count=" + executions * COPIES
        + " executions=" + executions + " violations=" + wrong.size());
    assertThat(wrong).isEmpty();
  }

  /** Each event ten times, shuffled with five hundred others; the store loses answers now and then. */
  private static List<String> deliveries(int executions) {
    Random random = new Random(SEED);
    Map<String, Integer> effects = new HashMap<>();
    Scene scene = Plays.play(
            "once", ONCE, "{}", with -> with.withSafetyCheck(SafetyCheck.SKIP), cloud -> {})
        .open();
    ExecutionStore store = new InMemoryExecutionStore(scene.clock(), (row, applied) -> {
      if (!row.startsWith("delete") && random.nextInt(500) == 0) {
        throw new StoreException("simulated", new IllegalStateException("no answer"));
      }
    });
    Engine engine = engine(scene, store, effects);
    List<String> wrong = new ArrayList<>();
    for (int from = 0; from < executions; from += WINDOW) {
      List<ExecutionId> deliveries = new ArrayList<>();
      for (int i = from; i < from + WINDOW; i++) {
        ExecutionId id = new ExecutionId(String.format("exec-event%08d", i));
        deliveries.addAll(Collections.nCopies(COPIES, id));
      }
      Collections.shuffle(deliveries, random);
      Map<ExecutionId, Integer> created = new HashMap<>();
      deliveries.forEach(id -> deliver(engine, scene, id, created));
      for (int sweep = 0;
          sweep < 60
              && !store
                  .due(scene.clock().instant().plus(Duration.ofHours(1)), 1)
                  .isEmpty();
          sweep++) {
        scene.clock().advance(Duration.ofMinutes(2));
        // what fails is taken up by the next minute's sweep
        engine.sweep(
            WINDOW, scene.clock().instant().plus(Duration.ofMinutes(5)), (id, failure) -> {});
      }
      for (ExecutionId id : created.keySet()) {
        int happened = effects.getOrDefault(id.value(), 0);
        if (created.getOrDefault(id, 0) != 1 || happened != 1) {
          wrong.add(id + " started " + created.get(id) + " times, done " + happened + " times");
        }
        store.delete(id);
      }
      if (created.size() != WINDOW) {
        wrong.add(created.size() + " of " + WINDOW + " events were started");
      }
      effects.clear();
    }
    return wrong;
  }

  private static void deliver(
      Engine engine, Scene scene, ExecutionId id, Map<ExecutionId, Integer> created) {
    StartExecution plain = scene.wish();
    for (int attempt = 0; attempt < 5; attempt++) {
      try {
        Started started = engine.start(new StartExecution(
            id, "once", "", Map.of(), plain.startedBy(), "", Map.of(), "cn-hangzhou", ""));
        if (started == Started.CREATED) {
          created.merge(id, 1, Integer::sum);
          engine.advance(id, scene.clock().instant().plus(Duration.ofMinutes(5)));
        }
        return;
      } catch (StoreException again) {
        // the queue delivers once more
      }
    }
  }

  private static Engine engine(Scene scene, ExecutionStore store, Map<String, Integer> effects) {
    return new Engine(
        new Ports(
            store,
            scene.templates(),
            (request, session, timeout) -> {
              effects.merge(session.accessKeyId(), 1, Integer::sum);
              return scene.cloud().call(request, session, timeout);
            },
            (caller, role) -> new Session("arn", caller.execution().value(), "", "", Instant.MAX),
            scene.outbound(),
            notice -> {},
            (Invoker) (id, version, at) -> {},
            Links.NONE,
            scene.clock(),
            () -> scene.clock().instant().toEpochMilli() * 1_000_000,
            Waits.real(scene.clock()),
            Runnable::run),
        scene.settings(),
        "engine");
  }

  @Test
  @Tag("long")
  void ten_thousand_approval_races_have_one_outcome_each() {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<String> wrong = new ArrayList<>();
    int races = 10_000;
    for (long seed = SEED; seed < SEED + races; seed++) {
      Race race = new Race(seed, threads);
      for (String violation : race.run()) {
        wrong.add("seed " + seed + ": " + violation);
      }
      race.close();
    }
    threads.shutdown();

    System.out.println("long-job: ApprovalRaces seed=" + SEED + " count=" + races + " people="
        + Race.PEOPLE + " door=engine violations=" + wrong.size());
    assertThat(wrong).isEmpty();
  }

  @Test
  @Tag("long")
  void a_sweep_with_nothing_due_costs_the_same_with_a_hundred_thousand_waiting() {
    sweeps("Memory", new InMemoryExecutionStore(() -> NOW));
    sweeps("Sqlite", new SqliteExecutionStore(folder.resolve("few.db"), () -> NOW));
  }

  private void sweeps(String name, ExecutionStore store) {
    fill(store, 0, 100);
    micros(store);
    double few = micros(store);
    fill(store, 100, 100_000);
    micros(store);
    double many = micros(store);
    System.out.println(String.format(
        Locale.ROOT,
        "long-job: Sweep%s seed=0 count=100000 micros=%.1f microsWith100=%.1f ratio=%.2f",
        name,
        many,
        few,
        many / few));
    assertThat(many).as("%s, with 100: %s µs", name, few).isLessThan(3 * few + 20);
    store.close();
  }

  @Test
  @Tag("long")
  void opening_the_file_takes_no_longer_with_a_hundred_thousand_waiting() {
    Path file = folder.resolve("start.db");
    double few = startMillis(file, 0, 100);
    double many = startMillis(file, 100, 100_000);

    System.out.println(String.format(
        Locale.ROOT,
        "long-job: StartSqlite seed=0 count=100000 millis=%.1f millisWith100=%.1f ratio=%.2f",
        many,
        few,
        many / few));
    assertThat(many).isLessThan(3 * few + 50);
  }

  /** The median of opening the file and sweeping once. */
  private static double startMillis(Path file, int from, int to) {
    try (ExecutionStore store = new SqliteExecutionStore(file, () -> NOW)) {
      fill(store, from, to);
    }
    long[] nanos = new long[11];
    for (int i = 0; i < nanos.length; i++) {
      long started = System.nanoTime();
      try (ExecutionStore store = new SqliteExecutionStore(file, () -> NOW)) {
        assertThat(store.due(NOW, 50)).isEmpty();
      }
      nanos[i] = System.nanoTime() - started;
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1e6;
  }

  private static void fill(ExecutionStore store, int from, int to) {
    ExecutorService writers = Executors.newFixedThreadPool(8);
    for (int i = from; i < to; i++) {
      int number = i;
      writers.execute(() -> {
        ExecutionId id = new ExecutionId(String.format("exec-wait%08d", number));
        Instant wakeAt = NOW.plus(Duration.ofDays(1)).plusSeconds(number);
        store.commit(new Commit(
            new ExecutionRow(id, 1, 1, 1, "Waiting", wakeAt, NOW, "T", "u", "{}"),
            0,
            List.of(),
            List.of()));
      });
    }
    writers.shutdown();
    try {
      assertThat(writers.awaitTermination(5, java.util.concurrent.TimeUnit.MINUTES))
          .isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double micros(ExecutionStore store) {
    long[] nanos = new long[201];
    for (int i = 0; i < nanos.length; i++) {
      long started = System.nanoTime();
      assertThat(store.due(NOW, 50)).isEmpty();
      nanos[i] = System.nanoTime() - started;
    }
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1e3;
  }
}
