package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** {@code Fn::CalculateBatch: [n, list]}: at most n batch sizes as equal as possible, larger ones first. */
final class CalculateBatch implements Function {
  @Override
  public String name() {
    return "Fn::CalculateBatch";
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
    int batches = arguments.integer(0);
    if (batches < 1) {
      throw arguments.wrong(0, "a number of batches from 1", arguments.value(0));
    }
    int items = arguments.list(1).size();
    int count = Math.min(batches, items);
    ArrayNode sizes = JsonNodeFactory.instance.arrayNode(count);
    for (int i = 0; i < count; i++) {
      sizes.add(items / count + (i < items % count ? 1 : 0));
    }
    return sizes;
  }
}
