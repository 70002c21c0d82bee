package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** {@code Fn::MapJoin: [keys, values]}: a map of key i to value i. */
final class MapJoin implements Function {
  @Override
  public String name() {
    return "Fn::MapJoin";
  }

  @Override
  public int least() {
    return 2;
  }

  @Override
  public int most() {
    return 2;
  }

  @Override
  public JsonNode apply(Arguments arguments) {
    List<JsonNode> keys = arguments.list(0);
    List<JsonNode> values = arguments.list(1);
    if (keys.size() != values.size()) {
      throw arguments.wrong(1, "as many values as keys (" + keys.size() + ")", arguments.value(1));
    }
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < keys.size(); i++) {
      map.set(JsonText.of(keys.get(i), "null"), values.get(i));
    }
    return map;
  }
}
