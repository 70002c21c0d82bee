package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** {@code Fn::MergeMapToList: [{k: [..]}…]}: a list of maps by position; a shorter list repeats its last value. */
final class MergeMapToList implements Function {
  @Override
  public String name() {
    return "Fn::MergeMapToList";
  }

  @Override
  public int least() {
    return 1;
  }

  @Override
  public int most() {
    return Integer.MAX_VALUE;
  }

  @Override
  public JsonNode apply(Arguments arguments) {
    List<JsonNode> maps = arguments.values();
    int length = 0;
    for (int i = 0; i < maps.size(); i++) {
      if (!maps.get(i).isObject()) {
        throw arguments.wrong(i, "a map of lists", maps.get(i));
      }
      for (JsonNode list : maps.get(i)) {
        length = Math.max(length, arguments.list(i, list).size());
      }
    }
    ArrayNode merged = JsonNodeFactory.instance.arrayNode(length);
    for (int position = 0; position < length; position++) {
      ObjectNode row = merged.addObject();
      for (int i = 0; i < maps.size(); i++) {
        for (Map.Entry<String, JsonNode> column : maps.get(i).properties()) {
          List<JsonNode> values = arguments.list(i, column.getValue());
          if (!values.isEmpty()) {
            row.set(column.getKey(), values.get(Math.min(position, values.size() - 1)));
          }
        }
      }
    }
    return merged;
  }
}
