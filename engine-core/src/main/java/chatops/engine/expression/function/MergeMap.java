package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code Fn::MergeMap: [map…]}: one map, later keys win, nulls ignored. */
final class MergeMap implements Function {
  @Override
  public String name() {
    return "Fn::MergeMap";
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
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < arguments.count(); i++) {
      if (!arguments.value(i).isNull()) {
        arguments
            .map(i)
            .properties()
            .forEach(entry -> merged.set(entry.getKey(), entry.getValue()));
      }
    }
    return merged;
  }
}
