package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.id.ExecutionId;
import chatops.engine.run.Advanced;
import chatops.engine.run.Settings;
import chatops.engine.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SweepTest {
  private static final Advanced DONE = new Advanced(Advanced.State.PARKED, "Running", null);
  private static final Advanced BUSY = new Advanced(Advanced.State.BUSY, "Running", null);

  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final Set<String> threads = ConcurrentHashMap.newKeySet();
  private final Set<ExecutionId> taken = ConcurrentHashMap.newKeySet();
  private final Map<ExecutionId, RuntimeException> failed = new ConcurrentHashMap<>();

  @AfterEach
  void end() {
    pool.shutdownNow();
  }

  private static List<ExecutionId> due(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new ExecutionId("exec-000000000" + i))
        .toList();
  }

  private Advanced take(ExecutionId id) {
    threads.add(Thread.currentThread().getName());
    taken.add(id);
    return DONE;
  }

  @Test
  void one_sweeper_stays_in_the_callers_thread() {
    int advanced = new Sweep(due(3), this::take, failed::put, () -> false).run(1, pool);

    assertThat(advanced).isEqualTo(3);
    assertThat(threads).containsExactly(Thread.currentThread().getName());
  }

  @Test
  void several_sweepers_advance_as_many_executions_at_once_and_no_more() {
    CyclicBarrier meeting = new CyclicBarrier(3);

    int advanced = new Sweep(
            due(6),
            id -> {
              try {
                meeting.await(60, TimeUnit.SECONDS);
              } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException("they do not run together", e);
              }
              return take(id);
            },
            failed::put,
            () -> false)
        .run(3, pool);

    assertThat(advanced).isEqualTo(6);
    assertThat(taken).hasSize(6);
    assertThat(threads).hasSize(3);
  }

  @Test
  void one_that_fails_holds_up_none_of_the_others() {
    List<ExecutionId> due = due(3);
    Sweep sweep = new Sweep(
        due,
        id -> {
          if (!id.equals(due.get(2))) {
            throw new StoreException("no such row: " + id, new IllegalStateException());
          }
          return take(id);
        },
        failed::put,
        () -> false);

    assertThat(sweep.run(1, pool)).isEqualTo(1);
    assertThat(failed).containsOnlyKeys(due.get(0), due.get(1));
    assertThat(failed.get(due.get(1))).hasMessage("no such row: " + due.get(1));
    assertThat(taken).containsExactly(due.get(2));
  }

  @Test
  void what_somebody_else_holds_is_not_counted_and_nothing_begins_after_the_deadline() {
    assertThat(new Sweep(due(2), id -> BUSY, failed::put, () -> false).run(2, pool))
        .isZero();
    assertThat(new Sweep(due(2), this::take, failed::put, () -> true).run(2, pool))
        .isZero();
    assertThat(taken).isEmpty();
  }

  @Test
  void an_interrupt_reaches_every_sweeper_and_stays_set() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(2);
    Set<String> stopped = ConcurrentHashMap.newKeySet();
    Sweep sweep = new Sweep(
        due(5),
        id -> {
          entered.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            stopped.add(Thread.currentThread().getName());
            Thread.currentThread().interrupt();
          }
          return BUSY;
        },
        failed::put,
        () -> false);
    boolean[] isSet = new boolean[1];
    Thread caller = new Thread(() -> {
      sweep.run(2, pool);
      isSet[0] = Thread.currentThread().isInterrupted();
    });
    caller.start();
    entered.await();

    caller.interrupt();
    caller.join();

    assertThat(stopped).hasSize(2);
    assertThat(isSet[0]).isTrue();
  }

  @Test
  void settings_bound_the_number() {
    assertThatThrownBy(() -> Settings.defaults().withSweepers(0)).hasMessageContaining("1 to 32");
    assertThatThrownBy(() -> Settings.defaults().withSweepers(33)).hasMessageContaining("1 to 32");
  }
}
