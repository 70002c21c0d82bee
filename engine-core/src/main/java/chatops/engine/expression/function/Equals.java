package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Equality;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;

/** {@code Fn::Equals: [a, b]}: {@link Equality#lenient}. */
final class Equals implements Function {
  @Override
  public String name() {
    return "Fn::Equals";
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
    return BooleanNode.valueOf(Equality.lenient(arguments.value(0), arguments.value(1)));
  }
}
