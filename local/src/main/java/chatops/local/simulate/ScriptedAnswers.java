package chatops.local.simulate;

import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.Session;
import chatops.execution.aliyun.ErrorTranslation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The answers a scenario lays down. The first rule that fits a call answers it; calls are counted rule by rule. One per run. */
final class ScriptedAnswers implements Function<ApiRequest, Optional<JsonNode>> {
  private static final Session NOBODY = new Session("", "", "", "", Instant.MAX);

  private final JsonNode rules;
  private final Map<JsonNode, Integer> counts = new HashMap<>();

  ScriptedAnswers(JsonNode rules) {
    this.rules = rules;
  }

  @Override
  public Optional<JsonNode> apply(ApiRequest request) {
    for (JsonNode rule : rules) {
      if (fits(rule, request)) {
        int number = counts.merge(rule, 1, Integer::sum);
        if (!rule.has("call") || rule.path("call").asInt() == number) {
          return answer(step(rule, number), request);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean fits(JsonNode rule, ApiRequest request) {
    return rule.path("service").asText().equalsIgnoreCase(request.service())
        && rule.path("api").asText().equalsIgnoreCase(request.api())
        && (!rule.has("when") || Subset.holds(rule.path("when"), request.parameters()));
  }

  private static JsonNode step(JsonNode rule, int number) {
    JsonNode sequence = rule.path("sequence");
    return sequence.isMissingNode() ? rule : sequence.path(Math.min(number, sequence.size()) - 1);
  }

  private static Optional<JsonNode> answer(JsonNode step, ApiRequest request) {
    if (step.has("own")) {
      return Optional.empty();
    }
    if (step.has("error")) {
      JsonNode error = step.path("error");
      ObjectNode body = JsonNodeFactory.instance
          .objectNode()
          .put("Code", error.path("code").asText())
          .put("Message", error.path("message").asText("laid down by the scenario"))
          .put("RequestId", "scenario");
      throw ErrorTranslation.answered(
          request.name(), error.path("status").asInt(400), body, "scenario", NOBODY);
    }
    return Optional.of(step.path("reply").deepCopy());
  }
}
