package chatops.engine;

import chatops.engine.id.ExecutionId;
import chatops.engine.run.Advanced;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * One round over executions that are due, several at a time. A failure of one holds up none of the others: it is thrown
 * when the round is over.
 */
final class Sweep {
  private final Queue<ExecutionId> due;
  private final Function<ExecutionId, Advanced> advance;
  private final BooleanSupplier isTimeUp;
  private final AtomicInteger advanced = new AtomicInteger();
  private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();

  Sweep(List<ExecutionId> due, Function<ExecutionId, Advanced> advance, BooleanSupplier isTimeUp) {
    this.due = new ConcurrentLinkedQueue<>(due);
    this.advance = advance;
    this.isTimeUp = isTimeUp;
  }

  /** @return how many were taken up */
  int run(int sweepers) {
    int threads = Math.min(sweepers, due.size());
    if (threads <= 1) {
      work();
    } else {
      together(threads);
    }
    RuntimeException first = failures.poll();
    if (first != null) {
      failures.forEach(first::addSuppressed);
      throw first;
    }
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
        failures.add(e);
      }
    }
  }

  /** Interrupting the caller parks them all, and they are waited for. */
  private void together(int count) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      Thread thread = new Thread(this::work, "sweep-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    boolean isInterrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          isInterrupted = true;
          threads.forEach(Thread::interrupt);
        }
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
