package chatops.engine;

import chatops.engine.id.ExecutionId;
import chatops.engine.run.Advanced;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** One round over executions that are due, several at a time. A failure of one holds up none of the others. */
final class Sweep {
  private final Queue<ExecutionId> due;
  private final Function<ExecutionId, Advanced> advance;
  private final BiConsumer<ExecutionId, RuntimeException> failed;
  private final BooleanSupplier isTimeUp;
  private final AtomicInteger advanced = new AtomicInteger();
  private final Set<Thread> beside = ConcurrentHashMap.newKeySet();

  /** @param failed told of each execution that fails, in the thread in which it does; must not throw */
  Sweep(
      List<ExecutionId> due,
      Function<ExecutionId, Advanced> advance,
      BiConsumer<ExecutionId, RuntimeException> failed,
      BooleanSupplier isTimeUp) {
    this.due = new ConcurrentLinkedQueue<>(due);
    this.advance = advance;
    this.failed = failed;
    this.isTimeUp = isTimeUp;
  }

  /**
   * Blocks until all stand still; interrupting makes them park.
   *
   * @param sweepers how many are under way at most: one in the caller's thread, the others in the executor
   * @return how many were taken up
   */
  int run(int sweepers, Executor executor) {
    int others = Math.min(sweepers, due.size()) - 1;
    CountDownLatch ended = new CountDownLatch(Math.max(0, others));
    for (int i = 0; i < others; i++) {
      executor.execute(() -> workBeside(ended));
    }
    work();
    await(ended);
    return advanced.get();
  }

  private void work() {
    while (!isTimeUp.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
      ExecutionId id = due.poll();
      if (id == null) {
        return;
      }
      try {
        if (advance.apply(id).state() != Advanced.State.BUSY) {
          advanced.incrementAndGet();
        }
      } catch (RuntimeException e) {
        failed.accept(id, e);
      }
    }
  }

  private void workBeside(CountDownLatch ended) {
    Thread thread = Thread.currentThread();
    beside.add(thread);
    try {
      work();
    } finally {
      // after this the thread is somebody else's and must not be interrupted
      synchronized (beside) {
        beside.remove(thread);
      }
      ended.countDown();
    }
  }

  private void await(CountDownLatch ended) {
    boolean isInterrupted = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException e) {
        isInterrupted = true;
        due.clear();
        synchronized (beside) {
          beside.forEach(Thread::interrupt);
        }
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
