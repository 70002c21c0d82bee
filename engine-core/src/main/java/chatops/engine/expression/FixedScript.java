package chatops.engine.expression;

import chatops.engine.jq.JqException;
import chatops.engine.jq.Program;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program compiled with the template. What references insert are jq variables, so no value — a parameter, an instance's
 * name, an API's answer — can change what the program does.
 */
record FixedScript(Program program, List<Variable> variables) implements Script {
  /** @param quoted whether it stands inside a string of the program, where text stays text */
  record Variable(String name, Expression value, boolean quoted) {}

  FixedScript {
    variables = List.copyOf(variables);
  }

  @Override
  public List<JsonNode> run(JsonNode input, Scope scope) {
    int before = scope.secretsRead();
    boolean isSecret = scope.isSecret(input);
    Map<String, JsonNode> values = new HashMap<>();
    for (Variable variable : variables) {
      JsonNode value = variable.value().evaluate(scope);
      values.put(variable.name(), variable.quoted() ? value : bare(value));
    }
    try {
      List<JsonNode> results = program.run(input, values);
      if (isSecret || scope.secretsRead() != before) {
        List<JsonNode> of = new ArrayList<>(values.values());
        of.add(input);
        results.forEach(result -> scope.made(result, of));
      }
      return results;
    } catch (JqException failed) {
      throw new ExpressionException(String.valueOf(failed.getMessage()), failed);
    }
  }

  // outside a string the text "80" or "[1]" has always meant the number or the list
  private static JsonNode bare(JsonNode value) {
    if (value.isMissingNode()) {
      return NullNode.getInstance();
    }
    return value.isTextual() ? JsonText.parse(value.textValue()).orElse(value) : value;
  }
}
