package chatops.engine.expression;

import chatops.engine.jq.JqException;
import chatops.engine.jq.Program;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One resolved {@code {{ … }}}.
 *
 * @param name in declared spelling
 * @param output a declared output of a task; null for everything else
 * @param path what follows the first dot when it is not a declared output: a jq path over the value, or over a task's raw
 *     result. A path that iterates gives the list of its results, any other its first result
 */
record Reference(
    Kind kind,
    String name,
    @Nullable String output,
    @Nullable Path path) implements Expression {
  enum Kind {
    PARAMETER,
    TASK,
    PSEUDO,
    STORED
  }

  record Path(String text, Program program) {}

  @Override
  public JsonNode evaluate(Scope scope) {
    JsonNode value = switch (kind) {
      case PARAMETER -> scope.parameter(name);
      case PSEUDO -> scope.pseudo(name);
      case STORED -> scope.stored(name);
      case TASK ->
        output != null ? declared(scope.taskOutputs(name), output) : scope.taskResult(name);
    };
    JsonNode known = JsonText.orNull(value);
    return path == null || known.isNull() ? known : walk(path, known);
  }

  private static JsonNode declared(JsonNode outputs, String output) {
    return JsonText.orNull(outputs.path(output));
  }

  private JsonNode walk(Path path, JsonNode value) {
    try {
      List<JsonNode> results = path.program().run(value, Map.of());
      if (path.text().contains("[]")) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode(results.size());
        return list.addAll(results);
      }
      return results.isEmpty() ? NullNode.getInstance() : results.get(0);
    } catch (JqException failed) {
      throw new ExpressionException(
          "reference {{ " + name + "." + path.text() + " }}: " + failed.getMessage(), failed);
    }
  }
}
