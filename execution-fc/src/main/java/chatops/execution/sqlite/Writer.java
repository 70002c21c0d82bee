package chatops.execution.sqlite;

import chatops.engine.store.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one place that writes. Who comes alone commits in their own thread, so that nobody is woken for it. Where several write at
 * the same time, one thread commits for all: whatever has queued up while the disk was busy shares one fsync, and each caller returns
 * only after it. A write that fails is rolled back alone. Thread-safe.
 */
final class Writer implements AutoCloseable {
  private static final int LARGEST_GROUP = 256;

  /** For so long after writers met, they are taken to meet again: a thread that only writes is on the processor sooner than theirs. */
  private static final long MEETING_NANOS = 5_000_000;

  private final Database database;
  private final Statements statements;
  private final Queue<Job<?>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isBusy = new AtomicBoolean();
  private final Thread thread = new Thread(this::run, "sqlite-writer");
  private volatile long metAt = System.nanoTime() - MEETING_NANOS;
  private volatile boolean isClosing;

  /** A write. What came of it is seen by its caller once {@link #isOver} is. */
  private static final class Job<T> {
    private final String what;
    private final Database.Use<T> use;
    private final Thread caller = Thread.currentThread();
    private @Nullable T result;
    private @Nullable StoreException failure;
    private volatile boolean isOver;

    Job(String what, Database.Use<T> use) {
      this.what = what;
      this.use = use;
    }

    void run(Statements statements) throws SQLException {
      result = use.with(statements);
    }

    @SuppressWarnings("unchecked") // a use refuses with an answer of its own type
    void refuse(Refusal refusal) {
      result = (T) refusal.answer();
      end(null);
    }

    void end(@Nullable StoreException why) {
      failure = why;
      isOver = true;
      LockSupport.unpark(caller);
    }

    @SuppressWarnings("NullAway") // a use may answer null where its caller takes one
    T answer() {
      if (failure != null) {
        throw failure;
      }
      return result;
    }
  }

  Writer(Database database) {
    this.database = database;
    this.statements = database.openWriter();
    thread.setDaemon(true);
    thread.start();
  }

  /** @throws StoreException when the write failed, or its fate is unknown */
  <T> T write(String what, Database.Use<T> use) {
    Job<T> job = new Job<>(what, use);
    if (enter()) {
      try {
        commit(List.of(job));
      } finally {
        leave();
      }
    } else {
      enqueue(job);
      await(job);
    }
    return job.answer();
  }

  /**
   * Reads a few rows: where nobody else is about, on the connection that writes, which has in memory what it wrote; every other must
   * fetch anew whatever changed.
   */
  <T> T read(String what, Database.Use<T> use) {
    if (!enter()) {
      return database.read(what, use);
    }
    try {
      return use.with(statements);
    } catch (SQLException e) {
      throw database.failure(what, e);
    } finally {
      leave();
    }
  }

  /** Whether this thread is alone, and has the connection now until it leaves. */
  private boolean enter() {
    boolean isAlone = queue.isEmpty() && System.nanoTime() - metAt > MEETING_NANOS;
    return isAlone && isBusy.compareAndSet(false, true);
  }

  private void enqueue(Job<?> job) {
    synchronized (queue) {
      if (isClosing) {
        throw database.failure(job.what, new IllegalStateException("the store is closed"));
      }
      queue.add(job);
    }
    LockSupport.unpark(thread);
  }

  /** In any case: its caller must know what came of it. */
  private void await(Job<?> job) {
    boolean isInterrupted = false;
    while (!job.isOver) {
      LockSupport.park(this);
      isInterrupted |= Thread.interrupted();
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void leave() {
    isBusy.set(false);
    if (!queue.isEmpty()) {
      metAt = System.nanoTime();
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (!isClosing || !queue.isEmpty()) {
      if (queue.isEmpty() || !isBusy.compareAndSet(false, true)) {
        LockSupport.park(this);
        continue;
      }
      try {
        commit(queued());
      } finally {
        isBusy.set(false);
      }
    }
  }

  private List<Job<?>> queued() {
    List<Job<?>> group = new ArrayList<>();
    Job<?> job = queue.poll();
    while (job != null) {
      group.add(job);
      job = group.size() == LARGEST_GROUP ? null : queue.poll();
    }
    if (group.size() > 1) {
      metAt = System.nanoTime();
    }
    return group;
  }

  private void commit(List<Job<?>> group) {
    @Nullable Throwable failure = null;
    try {
      statements.execute("BEGIN IMMEDIATE");
      try {
        for (Job<?> job : group) {
          if (group.size() == 1) {
            job.run(statements);
          } else {
            perform(job);
          }
        }
        statements.execute("COMMIT");
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(e);
        throw e;
      }
    } catch (SQLException | RuntimeException | Error e) {
      failure = e;
    }
    for (Job<?> job : group) {
      if (!job.isOver) {
        end(job, failure);
      }
    }
  }

  /** Where the disk is full, SQLite may have rolled back by itself: what failed is told, and not that there was nothing left to do. */
  private void rollBack(Throwable failure) {
    try {
      statements.execute("ROLLBACK");
    } catch (SQLException over) {
      failure.addSuppressed(over);
    }
  }

  /** A job that fails, in whatever way, takes nobody else with it. */
  private void perform(Job<?> job) throws SQLException {
    statements.execute("SAVEPOINT job");
    try {
      job.run(statements);
      statements.execute("RELEASE job");
    } catch (SQLException | RuntimeException | Error e) {
      try {
        statements.execute("ROLLBACK TO job");
        statements.execute("RELEASE job");
      } catch (SQLException over) {
        // SQLite has rolled back all of them: nobody's is written
        if (e instanceof Refusal) {
          // an answer to one of them only
          throw over;
        }
        e.addSuppressed(over);
        throw e;
      }
      end(job, e);
    }
  }

  private void end(Job<?> job, @Nullable Throwable failure) {
    if (failure instanceof Refusal refusal) {
      job.refuse(refusal);
    } else {
      job.end(failure == null ? null : database.failure(job.what, failure));
    }
  }

  /** Ends with the writes that were queued before; later ones are refused. */
  @Override
  public void close() {
    synchronized (queue) {
      if (isClosing) {
        return;
      }
      isClosing = true;
    }
    LockSupport.unpark(thread);
    try {
      thread.join();
      while (!isBusy.compareAndSet(false, true)) {
        Thread.onSpinWait();
      }
      // it stays taken, so that whoever comes now queues, and is refused there
      statements.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      throw database.failure("closing", e);
    }
  }
}
