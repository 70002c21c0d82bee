package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;

/** {@code Fn::Not: condition} or {@code [condition]}. */
final class Not implements Function {
  @Override
  public String name() {
    return "Fn::Not";
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
  public boolean isCondition(int index) {
    return true;
  }

  @Override
  public JsonNode apply(Arguments arguments) {
    return BooleanNode.valueOf(!arguments.truth(0));
  }
}
