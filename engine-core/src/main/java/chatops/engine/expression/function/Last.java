package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;

/** {@code Fn::Last: list}: the last element, null of an empty list. */
final class Last implements Function {
  @Override
  public String name() {
    return "Fn::Last";
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
  public boolean takesWhole() {
    return true;
  }

  @Override
  public JsonNode apply(Arguments arguments) {
    List<JsonNode> list = arguments.list(0);
    return list.isEmpty() ? NullNode.getInstance() : list.get(list.size() - 1);
  }
}
