package chatops.chat.fc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A hard limit for a network call. It runs on a thread of its own, because a socket's timeouts bound each read, but
 * neither a name lookup nor a peer that dribbles bytes. The thread of a call given up ends with its socket.
 */
public final class Deadline {
  private Deadline() {}

  /** @throws InterruptedIOException when {@code limit} passed or the caller was interrupted */
  public static <T> T within(Duration limit, Callable<T> call) throws IOException {
    FutureTask<T> pending = new FutureTask<>(call);
    Thread thread = new Thread(pending, "bounded-call");
    thread.setDaemon(true);
    thread.start();
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
