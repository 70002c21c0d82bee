package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;

/** {@code Fn::First: list}: the first element, null of an empty list. */
final class First implements Function {
  @Override
  public String name() {
    return "Fn::First";
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
    return list.isEmpty() ? NullNode.getInstance() : list.get(0);
  }
}
