package chatops.execution;

import chatops.chat.fc.FunctionClient;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverJson;
import chatops.engine.execution.Invoker;
import chatops.engine.id.ExecutionId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Wakes executions by an asynchronous invocation of this very function, delayed where the wake-up is later. An accelerator: the
 * minute sweep reaches what it loses, so a failure is only logged. Where it is not known whether a wake-up arrived it is sent once
 * more: one that comes twice does no harm, because the lease decides who goes on.
 */
final class SelfInvoker implements Invoker {
  /** For both tries together. */
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /** In less time nobody answers. */
  private static final Duration SHORTEST_TRY = Duration.ofMillis(100);

  /** What the delay header takes at most (Function Compute, "Asynchronous invocation"). */
  private static final Duration LONGEST_DELAY = Duration.ofHours(1);

  private final FunctionClient client;
  private final InstantSource clock;
  private final Log log;

  SelfInvoker(FunctionClient client, InstantSource clock, Log log) {
    this.client = client;
    this.clock = clock;
    this.log = log;
  }

  @Override
  public void wake(ExecutionId id, long version, Instant at) {
    Duration until = Duration.between(clock.instant(), at);
    if (until.compareTo(LONGEST_DELAY) > 0) {
      // the sweep comes by every minute, and such a wait is not in a hurry
      return;
    }
    Duration delay = until.compareTo(Duration.ofSeconds(1)) < 0
        ? Duration.ZERO
        : Duration.ofSeconds(
            Math.min(until.plusMillis(999).toSeconds(), LONGEST_DELAY.toSeconds()));
    try {
      FunctionClient.Submission submission = send(id, version, delay);
      if (submission.receipt() != FunctionClient.Receipt.ACCEPTED
          && submission.receipt() != FunctionClient.Receipt.DUPLICATE) {
        log.line(id.value(), "wake-up not taken: " + submission.detail());
      }
    } catch (RuntimeException e) {
      log.line(id.value(), "wake-up not sent: " + e.getClass().getSimpleName());
    }
  }

  /** After a failure the client looks at its kept connections first: the second try is not made over one that was closed. */
  private FunctionClient.Submission send(ExecutionId id, long version, Duration delay) {
    byte[] message = HandOverJson.encode(new HandOver.Wake(id.value(), version));
    String task = "w_" + id.value() + "_" + version;
    Instant end = clock.instant().plus(TIMEOUT);
    FunctionClient.Submission first = client.submit(message, task, delay, TIMEOUT);
    Duration left = Duration.between(clock.instant(), end);
    boolean isWorthIt = first.receipt() == FunctionClient.Receipt.UNKNOWN
        && left.compareTo(SHORTEST_TRY) >= 0
        && !Thread.currentThread().isInterrupted();
    return isWorthIt
        ? client.submit(message, task, delay, left.compareTo(TIMEOUT) > 0 ? TIMEOUT : left)
        : first;
  }
}
