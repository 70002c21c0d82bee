package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;

/** {@code Fn::If: [condition, x, y]}; the branch not taken is not evaluated. */
final class If implements Function {
  @Override
  public String name() {
    return "Fn::If";
  }

  @Override
  public boolean isPassing() {
    return true;
  }

  @Override
  public int least() {
    return 3;
  }

  @Override
  public int most() {
    return 3;
  }

  @Override
  public boolean isCondition(int index) {
    return index == 0;
  }

  @Override
  public JsonNode apply(Arguments arguments) {
    return arguments.truth(0) ? arguments.value(1) : arguments.value(2);
  }
}
