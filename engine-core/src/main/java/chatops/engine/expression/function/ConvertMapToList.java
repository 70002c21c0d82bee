package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/** {@code Fn::ConvertMapToList: [map]}: {@code [{Key, Value}…]}. */
final class ConvertMapToList implements Function {
  @Override
  public String name() {
    return "Fn::ConvertMapToList";
  }

  @Override
  public int least() {
    return 1;
  }

  @Override
  public int most() {
    return 1;
  }

  @Override
  public JsonNode apply(Arguments arguments) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Map.Entry<String, JsonNode> entry : arguments.map(0).properties()) {
      list.addObject().put("Key", entry.getKey()).set("Value", entry.getValue());
    }
    return list;
  }
}
