package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;

/** {@code Fn::CalculateTimeByOpsWindow} is known and refused: the form of its argument is not published. */
final class CalculateTimeByOpsWindow implements Function {
  @Override
  public String name() {
    return "Fn::CalculateTimeByOpsWindow";
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
  public boolean takesWhole() {
    return true;
  }

  @Override
  public boolean isFixed() {
    return false;
  }

  @Override
  public JsonNode apply(Arguments arguments) {
    throw arguments.failed(
        0,
        "maintenance windows are not supported: their form is not published; use ACS::TimerTrigger",
        null);
  }
}
