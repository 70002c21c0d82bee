package chatops.chat.fc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A hard limit for a network call. It runs on a thread of its own, because a socket's timeouts bound each read, but
 * neither a name lookup nor a peer that dribbles bytes. The thread of a call given up ends with its socket.
 */
public final class Deadline {
  // kept for the next call: to start one costs more than the rest of a hand-over
  private static final Executor THREADS = new ThreadPoolExecutor(
      0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), new Daemons());

  private Deadline() {}

  // no lambda: the first one of a process loads the machinery of them all
  private static final class Daemons implements ThreadFactory {
    @Override
    public Thread newThread(Runnable work) {
      Thread thread = new Thread(work, "bounded-call");
      thread.setDaemon(true);
      return thread;
    }
  }

  /** @throws InterruptedIOException when {@code limit} passed or the caller was interrupted */
  public static <T> T within(Duration limit, Callable<T> call) throws IOException {
    FutureTask<T> pending = new FutureTask<>(call);
    THREADS.execute(pending);
    try {
      return pending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new InterruptedIOException("no answer within " + limit.toMillis() + " ms");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the answer");
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IOException("the call failed", failed.getCause());
    }
  }
}
