package chatops.execution.tablestore;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.tablestore.Limits;
import chatops.engine.id.ExecutionId;
import chatops.engine.share.LastSweep;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.ExecutionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a minute's sweep costs, in requests, however many executions wait. */
class SweepCostTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final int WRITERS = 8;

  private static ExecutionRow row(int number, Instant wakeAt) {
    ExecutionId id = new ExecutionId(String.format("exec-sweep%08d", number));
    return new ExecutionRow(id, 1, 1, 1, "Waiting", wakeAt, NOW.plusMillis(number), "T", "u", "{}");
  }

  private static void fill(TablestoreExecutionStore store, int from, int to) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Future<Void>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int first = from + writer;
        Callable<Void> work = () -> {
          for (int number = first; number < to; number += WRITERS) {
            ExecutionRow row = row(number, NOW.plus(Duration.ofDays(1)).plusSeconds(number));
            store.commit(new Commit(row, 0, List.of(), List.of()));
          }
          return null;
        };
        writers.add(threads.submit(work));
      }
      for (Future<Void> writer : writers) writer.get();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_sweep_with_nothing_due_costs_the_same_with_a_hundred_and_with_ten_thousand_waiting()
      throws Exception {
    try (SimulatedInstance instance = SimulatedInstance.withTables(NOW, 2, Limits.REAL);
        TablestoreExecutionStore store = instance.store()) {
      fill(store, 0, 100);
      Map<String, Long> few =
          instance.callsOf(() -> assertThat(store.due(NOW, 50)).isEmpty());
      fill(store, 100, 10_000);
      Map<String, Long> many =
          instance.callsOf(() -> assertThat(store.due(NOW, 50)).isEmpty());

      assertThat(instance.sim.tablestore().rows(SimulatedInstance.NAME, StoreTables.EXECUTION))
          .isEqualTo(10_000);
      assertThat(few).containsExactly(Map.entry("GetRange", (long) Cells.SHARDS));
      assertThat(many).isEqualTo(few);

      store.commit(new Commit(row(20_000, NOW), 0, List.of(), List.of()));
      Map<String, Long> oneDue =
          instance.callsOf(() -> assertThat(store.due(NOW, 50)).containsExactly(row(20_000, NOW)));
      assertThat(oneDue)
          .containsOnly(Map.entry("GetRange", (long) Cells.SHARDS), Map.entry("BatchGetRow", 1L));
      Map<String, Long> list = instance.callsOf(() ->
          assertThat(store.list(new ExecutionQuery(null, null, null, null, 20))).hasSize(20));
      assertThat(list)
          .containsOnly(Map.entry("GetRange", (long) Cells.SHARDS), Map.entry("BatchGetRow", 1L));
    }
  }

  @Test
  void the_sign_of_a_sweep_costs_one_read_and_one_write_and_a_second_one_at_once_no_write()
      throws Exception {
    try (SimulatedInstance instance = SimulatedInstance.withTables(NOW, 2, Limits.REAL);
        TablestoreExecutionStore store = instance.store()) {
      LastSweep last = new LastSweep(store.shared());
      last.ended(NOW);

      assertThat(instance.callsOf(() -> last.ended(NOW.plusSeconds(60))))
          .containsOnly(Map.entry("GetRow", 1L), Map.entry("PutRow", 1L));
      assertThat(instance.callsOf(() -> last.ended(NOW.plusSeconds(61))))
          .containsOnly(Map.entry("GetRow", 1L));
      assertThat(last.time()).contains(NOW.plusSeconds(60));
    }
  }

  @Test
  @Tag("long")
  void a_sweep_with_nothing_due_takes_as_long_with_a_hundred_thousand_waiting_as_with_a_hundred()
      throws Exception {
    try (SimulatedInstance instance = SimulatedInstance.withTables(NOW, 2, Limits.REAL);
        TablestoreExecutionStore store = instance.store()) {
      fill(store, 0, 100);
      sweepMicros(store);
      long few = sweepMicros(store);
      fill(store, 100, 100_000);
      long many = sweepMicros(store);
      Map<String, Long> calls =
          instance.callsOf(() -> assertThat(store.due(NOW, 50)).isEmpty());

      assertThat(calls).containsExactly(Map.entry("GetRange", (long) Cells.SHARDS));
      assertThat(many).as("median in µs, with 100: %s", few).isLessThan(3 * few);
      System.out.println(String.format(
          "long-job: TablestoreSweep seed=2 count=100000 micros=%d microsWith100=%d ratio=%.2f requests=%d",
          many, few, many / (double) few, calls.get("GetRange")));
    }
  }

  /** The median of many sweeps. */
  private static long sweepMicros(TablestoreExecutionStore store) {
    long[] micros = new long[101];
    for (int i = 0; i < micros.length; i++) {
      long started = System.nanoTime();
      assertThat(store.due(NOW, 50)).isEmpty();
      micros[i] = (System.nanoTime() - started) / 1000;
    }
    Arrays.sort(micros);
    return micros[micros.length / 2];
  }
}
