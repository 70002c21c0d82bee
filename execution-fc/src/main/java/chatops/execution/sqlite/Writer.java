package chatops.execution.sqlite;

import chatops.engine.store.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The one thread that writes. Whatever has queued up while the disk was busy is committed together: one fsync for all,
 * and each caller returns only after it. A write that fails is rolled back alone. Thread-safe.
 */
final class Writer implements AutoCloseable {
  private static final int LARGEST_GROUP = 256;

  private record Job<T>(String what, Database.Use<T> use, CompletableFuture<T> done) {}

  private final Database database;
  private final Statements statements;
  private final BlockingQueue<Job<?>> queue = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::run, "sqlite-writer");
  private final Job<?> last = new Job<>("closing", c -> 0, new CompletableFuture<>());
  private boolean isClosing;

  Writer(Database database) {
    this.database = database;
    this.statements = database.openWriter();
    thread.setDaemon(true);
    thread.start();
  }

  /** @throws StoreException when the write failed, or its fate is unknown */
  <T> T write(String what, Database.Use<T> use) {
    Job<T> job = new Job<>(what, use, new CompletableFuture<>());
    synchronized (queue) {
      if (isClosing) {
        throw database.failure(what, new IllegalStateException("the store is closed"));
      }
      queue.add(job);
    }
    try {
      return job.done().join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      throw cause instanceof StoreException known
          ? known
          : database.failure(what, cause instanceof Exception known ? known : e);
    }
  }

  private void run() {
    List<Job<?>> group = new ArrayList<>();
    boolean isOpen = true;
    while (isOpen) {
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        // nobody has a reason to interrupt this thread; callers wait for it
        continue;
      }
      queue.drainTo(group, LARGEST_GROUP - 1);
      isOpen = !group.remove(last);
      commit(group);
      group.clear();
    }
  }

  private void commit(List<Job<?>> group) {
    List<Runnable> answers = new ArrayList<>();
    try {
      statements.execute("BEGIN IMMEDIATE");
      try {
        for (Job<?> job : group) {
          answers.add(group.size() == 1 ? answer(job) : perform(job));
        }
        statements.execute("COMMIT");
      } catch (SQLException | RuntimeException e) {
        statements.execute("ROLLBACK");
        throw e;
      }
      answers.forEach(Runnable::run);
    } catch (SQLException | RuntimeException e) {
      group.forEach(job -> job.done().completeExceptionally(database.failure(job.what(), e)));
    }
  }

  /** What to tell the caller once the group is durable; fails where the job does. */
  private <T> Runnable answer(Job<T> job) throws SQLException {
    T result = job.use().with(statements);
    return () -> job.done().complete(result);
  }

  /** As {@link #answer}, but a job that fails takes nobody else with it. */
  private <T> Runnable perform(Job<T> job) throws SQLException {
    statements.execute("SAVEPOINT job");
    try {
      Runnable answer = answer(job);
      statements.execute("RELEASE job");
      return answer;
    } catch (SQLException | RuntimeException e) {
      statements.execute("ROLLBACK TO job");
      statements.execute("RELEASE job");
      return () -> job.done().completeExceptionally(database.failure(job.what(), e));
    }
  }

  @Override
  public void close() {
    synchronized (queue) {
      if (isClosing) {
        return;
      }
      isClosing = true;
      queue.add(last);
    }
    try {
      thread.join();
      statements.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw database.failure("closing", e);
    }
  }
}
