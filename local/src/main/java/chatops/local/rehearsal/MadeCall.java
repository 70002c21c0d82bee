package chatops.local.rehearsal;

import chatops.engine.cloud.ApiRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One call and its answer.
 *
 * @param task names of the tasks from the outermost template on, joined by {@code /}
 * @param code the error's code, empty when the call succeeded
 * @param reply the answer's body; JSON null when there was none
 */
public record MadeCall(Instant at, String task, ApiRequest request, String code, JsonNode reply) {

  /** {@code at}, {@code service}, {@code api}, {@code region}, {@code parameters}, for REST calls {@code method} and {@code uri}, and what came back. */
  public ObjectNode toJson() {
    ObjectNode call = JsonNodeFactory.instance
        .objectNode()
        .put("at", at.toString())
        .put("task", task)
        .put("service", request.service())
        .put("api", request.api())
        .put("region", request.regionId());
    call.set("parameters", request.parameters());
    ApiRequest.Roa roa = request.roa();
    if (roa != null) {
      call.put("method", roa.method()).put("uri", roa.uri());
      if (roa.body() != null) {
        call.put("body", roa.body());
      }
    }
    if (!code.isEmpty()) {
      call.put("error", code);
    }
    call.set("reply", reply);
    return call;
  }
}
