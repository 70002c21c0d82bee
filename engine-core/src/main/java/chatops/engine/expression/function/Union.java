package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** {@code Fn::Union: [list…]}: all elements in order of first appearance, no duplicates. */
final class Union implements Function {
  @Override
  public String name() {
    return "Fn::Union";
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
    List<JsonNode> all = new ArrayList<>();
    for (int i = 0; i < arguments.count(); i++) {
      all.addAll(arguments.list(i));
    }
    return new DistinctValues(all).list();
  }
}
