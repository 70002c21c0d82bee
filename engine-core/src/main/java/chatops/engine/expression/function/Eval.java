package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;

/** {@code Fn::Eval: expression}: one line of arithmetic, no names and no calls. */
final class Eval implements Function {
  @Override
  public String name() {
    return "Fn::Eval";
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
  public JsonNode apply(Arguments arguments) {
    return new Arithmetic(arguments).value();
  }
}
