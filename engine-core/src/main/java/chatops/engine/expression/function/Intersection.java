package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;

/** {@code Fn::Intersection: [list…]}: elements in all lists, in the order of the first, no duplicates. */
final class Intersection implements Function {
  @Override
  public String name() {
    return "Fn::Intersection";
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
    DistinctValues common = new DistinctValues(arguments.list(0));
    for (int i = 1; i < arguments.count(); i++) {
      common = common.and(new DistinctValues(arguments.list(i)));
    }
    return common.list();
  }
}
