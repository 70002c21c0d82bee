package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** {@code Fn::ListJoin: [a, b…]}: the list of the arguments. */
final class ListJoin implements Function {
  @Override
  public String name() {
    return "Fn::ListJoin";
  }

  @Override
  public int least() {
    return 0;
  }

  @Override
  public int most() {
    return Integer.MAX_VALUE;
  }

  @Override
  public JsonNode apply(Arguments arguments) {
    List<JsonNode> values = arguments.values();
    return JsonNodeFactory.instance.arrayNode(values.size()).addAll(values);
  }
}
