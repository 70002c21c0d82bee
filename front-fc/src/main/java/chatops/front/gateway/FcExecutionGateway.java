package chatops.front.gateway;

import chatops.chat.fc.FunctionClient;
import chatops.chat.fc.FunctionClient.Receipt;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverJson;
import chatops.front.http.FrontLog;
import java.io.IOException;
import java.time.Duration;

/**
 * Hands over by asynchronous invocation: two tries of 800 ms with one task id, which FC takes once. Asks by synchronous
 * invocation, 5 s.
 */
public final class FcExecutionGateway implements ExecutionGateway {
  private static final Duration TRY = Duration.ofMillis(800);
  private static final Duration ASK = Duration.ofSeconds(5);

  private final FunctionClient execution;
  private final FrontLog log;

  public FcExecutionGateway(FunctionClient execution, FrontLog log) {
    this.execution = execution;
    this.log = log;
  }

  @Override
  public Outcome handOver(HandOver message, String taskId) {
    byte[] bytes = HandOverJson.encode(message);
    Receipt first = submit(bytes, taskId, 1);
    switch (first) {
      case ACCEPTED:
        return Outcome.ACCEPTED;
      case DUPLICATE:
        return Outcome.DUPLICATE;
      case REJECTED:
        return Outcome.REJECTED;
      case THROTTLED:
        return afterNothing(submit(bytes, taskId, 2));
      case UNKNOWN:
        return afterSilence(submit(bytes, taskId, 2));
    }
    return Outcome.UNKNOWN;
  }

  private static Outcome afterNothing(Receipt second) {
    switch (second) {
      case ACCEPTED:
        return Outcome.ACCEPTED;
      case DUPLICATE:
        return Outcome.DUPLICATE;
      case REJECTED:
      case THROTTLED:
        return Outcome.REJECTED;
      case UNKNOWN:
        return Outcome.UNKNOWN;
    }
    return Outcome.UNKNOWN;
  }

  private static Outcome afterSilence(Receipt second) {
    // a duplicate now means that the first try had arrived: it is this request, not an earlier one
    boolean arrived = second == Receipt.ACCEPTED || second == Receipt.DUPLICATE;
    return arrived ? Outcome.ACCEPTED : Outcome.UNKNOWN;
  }

  private Receipt submit(byte[] bytes, String taskId, int attempt) {
    FunctionClient.Submission submission = execution.submit(bytes, taskId, Duration.ZERO, TRY);
    log.line("handover task=" + taskId
        + " attempt=" + attempt
        + " receipt=" + submission.receipt().name()
        + " request=" + submission.requestId()
        + " detail=" + submission.detail());
    return submission.receipt();
  }

  @Override
  public byte[] ask(HandOver question) throws IOException {
    FunctionClient.Answer answer = execution.invoke(HandOverJson.encode(question), ASK);
    if (answer.status() != 200 || !answer.functionError().isEmpty()) {
      throw new IOException(
          "Execution answered status " + answer.status() + " " + answer.functionError());
    }
    return answer.body();
  }
}
