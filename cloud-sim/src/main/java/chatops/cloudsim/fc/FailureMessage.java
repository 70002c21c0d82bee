package chatops.cloudsim.fc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** What an onFailure destination receives (page "Asynchronous invocation: result callback"). */
final class FailureMessage {
  private FailureMessage() {}

  static ObjectNode of(DeployedFunction function, AsyncTask task, String condition, Instant now) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("timestamp", now.toEpochMilli());
    message
        .putObject("requestContext")
        .put("requestId", task.requestId())
        .put("functionArn", "acs:fc:::functions/" + function.spec.key())
        .put("condition", condition)
        .put("approximateInvokeCount", task.invocations());
    message.put("requestPayload", new String(task.payload(), StandardCharsets.UTF_8));
    message
        .putObject("responseContext")
        .put("statusCode", 200)
        .put("functionError", FunctionError.UNHANDLED);
    message.put("responsePayload", task.lastError());
    return message;
  }
}
