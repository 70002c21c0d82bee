package chatops.front.gateway;

import chatops.chat.fc.FunctionClient;
import chatops.chat.fc.FunctionClient.Receipt;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.HandOverJson;
import chatops.chat.reply.Seal;
import chatops.front.http.FrontLog;
import java.io.IOException;
import java.time.Duration;

/**
 * Hands over, sealed, by asynchronous invocation: two tries of 800 ms with one task id, which FC takes once. Asks by synchronous
 * invocation, 5 s.
 */
public final class FcExecutionGateway implements ExecutionGateway {
  private static final Duration TRY = Duration.ofMillis(800);
  private static final Duration ASK = Duration.ofSeconds(5);

  private final FunctionClient execution;
  private final Seal seal;
  private final FrontLog log;

  public FcExecutionGateway(FunctionClient execution, Seal seal, FrontLog log) {
    this.execution = execution;
    this.seal = seal;
    this.log = log;
  }

  @Override
  public Outcome handOver(HandOver message, String taskId) {
    byte[] bytes = HandOverJson.encode(message, seal);
    Receipt receipt = logged(taskId, execution.deliver(bytes, taskId, Duration.ZERO, TRY));
    if (receipt == Receipt.THROTTLED) {
      receipt = logged(taskId, execution.submit(bytes, taskId, Duration.ZERO, TRY));
    }
    // no switch: over an enum it costs a class on the way of every command
    if (receipt == Receipt.ACCEPTED) {
      return Outcome.ACCEPTED;
    }
    if (receipt == Receipt.DUPLICATE) {
      return Outcome.DUPLICATE;
    }
    return receipt == Receipt.UNKNOWN ? Outcome.UNKNOWN : Outcome.REJECTED;
  }

  private Receipt logged(String taskId, FunctionClient.Submission submission) {
    log.line("handover task=" + taskId
        + " receipt=" + submission.receipt().name()
        + " request=" + submission.requestId()
        + " detail=" + submission.detail());
    return submission.receipt();
  }

  @Override
  public byte[] ask(HandOver question) throws IOException {
    FunctionClient.Answer answer = execution.invoke(HandOverJson.encode(question, seal), ASK);
    if (answer.status() != 200 || !answer.functionError().isEmpty()) {
      throw new IOException(
          "Execution answered status " + answer.status() + " " + answer.functionError());
    }
    return answer.body();
  }
}
