package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;

/** {@code Fn::Jq: [First|All, program, input]}: the first result or null, or the list of all results. */
final class JqFunction implements Function {
  @Override
  public String name() {
    return "Fn::Jq";
  }

  @Override
  public int least() {
    return 3;
  }

  @Override
  public int most() {
    return 3;
  }

  @Override
  public int script() {
    return 1;
  }

  @Override
  public List<String> words(int index) {
    return index == 0 ? List.of("First", "All") : List.of();
  }

  @Override
  public JsonNode apply(Arguments arguments) {
    String mode = arguments.text(0);
    boolean all = mode.equalsIgnoreCase("All");
    if (!all && !mode.equalsIgnoreCase("First")) {
      throw arguments.wrong(0, "First or All", arguments.value(0));
    }
    List<JsonNode> results = arguments.runScript(input(arguments.value(2)));
    if (all) {
      return JsonNodeFactory.instance.arrayNode(results.size()).addAll(results);
    }
    return results.isEmpty() ? NullNode.getInstance() : results.get(0);
  }

  // text that is a list or a map stands for it, other text for itself
  private static JsonNode input(JsonNode value) {
    return value.isTextual() ? JsonText.parseContainer(value.textValue()).orElse(value) : value;
  }
}
