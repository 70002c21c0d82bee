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
 * minute sweep reaches what it loses, so a failure is only logged. One that comes twice does no harm, because the lease decides
 * who goes on.
 */
final class SelfInvoker implements Invoker {
  /** Of one try of two: a worker is held up for twice this at most. */
  private static final Duration TRY = Duration.ofMillis(1500);

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
      FunctionClient.Submission submission = client.deliver(
          HandOverJson.encode(new HandOver.Wake(id.value(), version)),
          "w_" + id.value() + "_" + version,
          delay,
          TRY);
      if (submission.receipt() != FunctionClient.Receipt.ACCEPTED
          && submission.receipt() != FunctionClient.Receipt.DUPLICATE) {
        log.line(id.value(), "wake-up not taken: " + submission.detail());
      }
    } catch (RuntimeException e) {
      log.line(id.value(), "wake-up not sent: " + e.getClass().getSimpleName());
    }
  }
}
