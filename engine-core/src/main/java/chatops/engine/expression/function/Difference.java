package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** {@code Fn::Difference: [list…]}: the union without the intersection, no duplicates. */
final class Difference implements Function {
  @Override
  public String name() {
    return "Fn::Difference";
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
    List<JsonNode> all = new ArrayList<>(arguments.list(0));
    DistinctValues common = new DistinctValues(arguments.list(0));
    for (int i = 1; i < arguments.count(); i++) {
      all.addAll(arguments.list(i));
      common = common.and(new DistinctValues(arguments.list(i)));
    }
    return new DistinctValues(all).without(common).list();
  }
}
