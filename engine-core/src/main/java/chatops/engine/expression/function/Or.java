package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;

/** {@code Fn::Or: [condition…]}, stops at the first that holds. */
final class Or implements Function {
  @Override
  public String name() {
    return "Fn::Or";
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
  public boolean isCondition(int index) {
    return true;
  }

  @Override
  public JsonNode apply(Arguments arguments) {
    for (int i = 0; i < arguments.count(); i++) {
      if (arguments.truth(i)) {
        return BooleanNode.TRUE;
      }
    }
    return BooleanNode.FALSE;
  }
}
