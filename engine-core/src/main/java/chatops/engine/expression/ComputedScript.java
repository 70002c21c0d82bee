package chatops.engine.expression;

import chatops.engine.jq.Jq;
import chatops.engine.jq.JqException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A program the template's author lets a parameter or a function supply as a whole. */
record ComputedScript(Expression source, Jq jq) implements Script {
  @Override
  public List<JsonNode> run(JsonNode input, Scope scope) {
    JsonNode text = source.evaluate(scope);
    if (!text.isTextual()) {
      throw new ExpressionException("a jq program must be text, found " + JsonText.described(text));
    }
    try {
      List<JsonNode> results = jq.script(text.textValue()).run(input, Map.of());
      if (scope.isSecret(input)) {
        results.forEach(result -> scope.made(result, List.of(input)));
      }
      return results;
    } catch (JqException failed) {
      throw new ExpressionException(String.valueOf(failed.getMessage()), failed);
    }
  }
}
