package chatops.cloudsim.fc;

import chatops.cloudsim.clock.Timeline;
import chatops.cloudsim.cloud.CallLog;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/**
 * FC's queue of asynchronous events: at least once, with retries of failed calls (1, 2, 4 … s apart), back-off without limit of number where the platform had no room
 * (0.5, 1, 2 … s, for at most 5 h), and an age at which events expire. Delivers on the timeline. Thread-safe.
 */
final class AsyncQueue {
  private static final Duration LONGEST_REFUSAL = Duration.ofHours(5);

  private final Timeline timeline;
  private final QueueFaults faults;
  private final CallLog log;
  private final Consumer<ObjectNode> failures;

  AsyncQueue(Timeline timeline, QueueFaults faults, CallLog log, Consumer<ObjectNode> failures) {
    this.timeline = timeline;
    this.faults = faults;
    this.log = log;
    this.failures = failures;
  }

  void submit(DeployedFunction function, AsyncTask task, Duration delay) {
    if (faults.loses()) {
      task.becomes(AsyncTask.State.LOST);
      return;
    }
    Instant due = task.submitted().plus(delay).plus(faults.holds());
    timeline.at(due, () -> deliver(function, task));
    if (faults.duplicates()) {
      timeline.at(due, () -> deliver(function, task));
    }
  }

  private void deliver(DeployedFunction function, AsyncTask task) {
    Instant now = timeline.clock().instant();
    if (now.isAfter(task.submitted().plus(function.spec.eventAge))) {
      task.becomes(AsyncTask.State.EXPIRED);
      failures.accept(FailureMessage.of(function, task, "EventAgeExceeded", now));
      return;
    }
    if (faults.throttles()) {
      backOff(function, task, now);
      return;
    }
    int before = task.invocations();
    long started = System.nanoTime();
    try {
      FunctionRuntime.Reply reply = function.invoke(task.requestId(), before, task.payload());
      task.called();
      String error = FunctionError.of(reply).orElse("");
      record(task, reply.status(), error.isEmpty() ? "OK" : error, started);
      if (error.isEmpty()) {
        task.becomes(AsyncTask.State.SUCCEEDED);
      } else {
        retry(function, task, error + ": " + excerpt(reply.body()));
      }
    } catch (DeployedFunction.Exhausted noRoom) {
      record(task, 429, "ResourceExhausted", started);
      backOff(function, task, now);
    } catch (SocketTimeoutException tooLong) {
      task.called();
      record(task, 200, FunctionError.UNHANDLED, started);
      retry(
          function,
          task,
          "Function timed out after " + function.spec.timeout.toSeconds() + " seconds");
    } catch (IOException notServed) {
      task.called();
      record(task, 502, "FunctionNotStarted", started);
      retry(function, task, "FunctionNotStarted: " + notServed.getMessage());
    }
  }

  private void retry(DeployedFunction function, AsyncTask task, String error) {
    task.failedWith(error);
    int retries = task.invocations() - 1;
    if (retries >= function.spec.retryAttempts) {
      task.becomes(AsyncTask.State.FAILED);
      failures.accept(
          FailureMessage.of(function, task, "RetriesExhausted", timeline.clock().instant()));
      return;
    }
    task.becomes(AsyncTask.State.RETRYING);
    timeline.after(Duration.ofSeconds(1L << Math.min(retries, 10)), () -> deliver(function, task));
  }

  private void backOff(DeployedFunction function, AsyncTask task, Instant now) {
    if (Duration.between(task.submitted(), now).compareTo(LONGEST_REFUSAL) > 0) {
      task.becomes(AsyncTask.State.FAILED);
      failures.accept(FailureMessage.of(function, task, "FunctionResourceExhausted", now));
      return;
    }
    timeline.after(
        Duration.ofMillis(500L << Math.min(task.refused(), 10)), () -> deliver(function, task));
  }

  private void record(AsyncTask task, int status, String code, long startedNanos) {
    log.add(
        "fc.aliyuncs.com",
        "FC",
        "Deliver",
        "",
        Map.of(
            "function",
            task.function(),
            "taskId",
            task.taskId(),
            "invocation",
            String.valueOf(task.invocations())),
        status,
        code,
        task.requestId(),
        Duration.ofNanos(System.nanoTime() - startedNanos));
  }

  private static String excerpt(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }
}
