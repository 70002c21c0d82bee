package chatops.local.serve;

import chatops.chat.fc.FunctionClient;
import chatops.execution.ExecutionHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Function Compute's asynchronous queue, in this process: takes a message when it is on disk, delivers it at least once, repeats what
 * fails after growing pauses, and hands what it gives up to Execution as a failure destination would, so that whoever asked is told;
 * where that fails, too, it begins anew.
 * Wake-ups are kept in memory only, because the sweep is their guarantee. Thread-safe.
 */
final class LocalQueue implements FunctionClient, AutoCloseable {
  private static final int ATTEMPTS = 3;
  private static final String EVENTS = "chatops_events";
  private static final String REFUSED = "chatops_queue_refused";
  private static final String DONE = "done";
  private static final String FAILED = "failed";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Delivers one event to Execution. */
  interface Target {
    void handle(ByteArrayInputStream event, ByteArrayOutputStream answer) throws IOException;
  }

  /** Of an event, as the metrics count it. */
  enum Kind {
    MESSAGE("message"),
    WAKE("wake"),
    SWEEP("sweep"),
    GIVEN_UP("given-up");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  private final Spool spool;
  private final Duration pause;
  private final Metrics metrics;
  private final Set<String> held = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor threads;
  private volatile @Nullable Target target;
  private volatile boolean isClosing;

  /** @param pause before the first repetition; the next one is four times as long */
  LocalQueue(Spool spool, int concurrency, Duration pause, Metrics metrics) {
    this.spool = spool;
    this.pause = pause;
    this.metrics = metrics;
    metrics.describe(REFUSED, "Messages that the disk did not take");
    metrics.describe(EVENTS, "What Execution was given, and how it went");
    metrics.declare(REFUSED);
    for (Kind kind : Kind.values()) {
      metrics.declare(EVENTS, "kind", kind.word, "outcome", DONE);
      metrics.declare(EVENTS, "kind", kind.word, "outcome", FAILED);
    }
    this.threads = new ScheduledThreadPoolExecutor(concurrency, work -> {
      Thread thread = new Thread(work, "execution");
      thread.setDaemon(true);
      return thread;
    });
    // a stop would wait for every wake-up and every repetition, if they are due in an hour
    threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Begins to deliver, with what an earlier process left. */
  void serve(Target execution) throws IOException {
    target = execution;
    for (String id : spool.left()) {
      held.add(id);
      threads.execute(() -> deliver(id, 1));
    }
  }

  @Override
  public Submission submit(byte[] message, String taskId, Duration delay, Duration timeout) {
    if (isClosing) {
      return new Submission(Receipt.THROTTLED, "", "the service is stopping");
    }
    if (message.length > ASYNC_LIMIT) {
      return new Submission(Receipt.REJECTED, "", "the message is larger than " + ASYNC_LIMIT);
    }
    try {
      if (taskId.startsWith("w_")) {
        threads.schedule(
            () -> attempt(message, Kind.WAKE), delay.toMillis(), TimeUnit.MILLISECONDS);
        return new Submission(Receipt.ACCEPTED, taskId, "202");
      }
      if (!held.add(taskId)) {
        return new Submission(Receipt.DUPLICATE, taskId, "409");
      }
      if (!spool.put(taskId, message)) {
        return new Submission(Receipt.DUPLICATE, taskId, "409");
      }
      threads.execute(() -> deliver(taskId, 1));
      return new Submission(Receipt.ACCEPTED, taskId, "202");
    } catch (IOException full) {
      // nothing of it is kept: whoever asked may be told so
      held.remove(taskId);
      metrics.count(REFUSED);
      return new Submission(
          Receipt.THROTTLED, "", "the message cannot be kept on disk: " + full.getMessage());
    } catch (RejectedExecutionException stopping) {
      return new Submission(Receipt.ACCEPTED, taskId, "kept for the next start");
    }
  }

  @Override
  public Answer invoke(byte[] message, Duration timeout) throws IOException {
    Future<Answer> answer = threads.submit(() -> {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      target().handle(new ByteArrayInputStream(message), out);
      return new Answer(200, "", out.toByteArray());
    });
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new IOException("no answer within " + timeout.toMillis() + " ms", late);
    } catch (CancellationException stopping) {
      throw new IOException("the service is stopping", stopping);
    } catch (ExecutionException failed) {
      return new Answer(200, "UnhandledInvocationError", new byte[0]);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }

  /**
   * One event that nobody keeps, such as the sweep. What Execution says failed inside is counted as failed, and not repeated: it
   * was told to whoever asked, or the next sweep goes on with it.
   *
   * @return false when it should be repeated
   */
  boolean attempt(byte[] event, Kind kind) {
    try {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      target().handle(new ByteArrayInputStream(event), answer);
      boolean isDone = !answer.toString(StandardCharsets.UTF_8).equals(ExecutionHandler.FAILED);
      metrics.count(EVENTS, "kind", kind.word, "outcome", isDone ? DONE : FAILED);
      return true;
    } catch (IOException | RuntimeException | Error failed) {
      // an Error, too, is one event's: who asked is told in the end, and the sweep goes on
      metrics.count(EVENTS, "kind", kind.word, "outcome", FAILED);
      System.out.println(kind.word + " failed: " + failed.getClass().getName());
      return false;
    }
  }

  /** How many messages are accepted and not done. */
  int waiting() {
    return held.size();
  }

  private Target target() throws IOException {
    Target now = target;
    if (now == null) {
      throw new IOException("Execution does not serve yet");
    }
    return now;
  }

  private void deliver(String id, int attempt) {
    try {
      byte[] message = spool.read(id);
      if (attempt(message, Kind.MESSAGE)) {
        done(id);
      } else if (attempt < ATTEMPTS) {
        later(id, attempt + 1, 2 * (attempt - 1));
      } else if (attempt(givenUp(message), Kind.GIVEN_UP)) {
        done(id);
      } else {
        // nobody was told, so nobody knows of it but this queue
        later(id, 1, 2 * ATTEMPTS);
      }
    } catch (NoSuchFileException gone) {
      held.remove(id);
      System.out.println("spool: message " + id + " is gone");
    } catch (IOException unreadable) {
      System.out.println("spool: message " + id + " cannot be read, it is tried again: "
          + unreadable.getClass().getName());
      later(id, attempt, 2 * ATTEMPTS);
    }
  }

  /** @param doublings of the pause before the first repetition */
  private void later(String id, int attempt, int doublings) {
    try {
      threads.schedule(
          () -> deliver(id, attempt), pause.toMillis() << doublings, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopping) {
      // it is on disk, and the next start delivers it
    }
  }

  private void done(String id) {
    try {
      spool.done(id);
    } catch (IOException left) {
      System.out.println("spool: message " + id
          + " is done and cannot be removed, the next start delivers it once more: "
          + left.getClass().getName());
    }
    held.remove(id);
  }

  /** As a failure destination tells it (Function Compute, "Asynchronous invocation", destinations). */
  private static byte[] givenUp(byte[] message) {
    ObjectNode event = JSON.createObjectNode();
    event.putObject("requestContext").put("condition", "RetriesExhausted");
    event.put("requestPayload", new String(message, StandardCharsets.UTF_8));
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Takes nothing more and waits for what runs; what has not begun stays on disk.
   *
   * @return false when something still runs
   */
  boolean drain(Duration longest) {
    isClosing = true;
    threads.shutdown();
    try {
      if (threads.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
      System.out.println("stopping in the middle of work; its executions go on at the next start");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  @Override
  public void close() {
    isClosing = true;
    threads.shutdownNow();
  }
}
