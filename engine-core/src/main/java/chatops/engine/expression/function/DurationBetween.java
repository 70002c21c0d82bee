package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;

/** {@code Fn::DurationBetween: [from, to]}: an ISO-8601 duration; between two times of day, until the next {@code to}. */
final class DurationBetween implements Function {
  @Override
  public String name() {
    return "Fn::DurationBetween";
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
    Times.Moment from = Times.parse(arguments, 0);
    Times.Moment to = Times.parse(arguments, 1);
    Duration between = Duration.between(from.time(), to.time());
    boolean timesOfDay = from.isTimeOfDay() && to.isTimeOfDay();
    Duration positive =
        timesOfDay && (between.isNegative() || between.isZero()) ? between.plusDays(1) : between;
    return TextNode.valueOf(positive.toString());
  }
}
