package chatops.execution;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Work on a thread of its own, whose result is fetched later. */
final class Aside<T> {
  private final FutureTask<T> task;

  private Aside(Supplier<T> work) {
    this.task = new FutureTask<>(work::get);
  }

  static <T> Aside<T> start(String name, Supplier<T> work) {
    Aside<T> aside = new Aside<>(work);
    Thread thread = new Thread(aside.task, name);
    thread.setDaemon(true);
    thread.start();
    return aside;
  }

  /** Waits for the result, and throws what the work threw. */
  T result() {
    try {
      return task.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while it started", stopped);
    }
  }
}
