package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;

/** {@code Fn::AddHour: [time, n]}: the time n hours later (n may be negative or a fraction), in the same form. */
final class AddHour implements Function {
  @Override
  public String name() {
    return "Fn::AddHour";
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
    Times.Moment time = Times.parse(arguments, 0);
    BigDecimal hours = arguments.number(1);
    long seconds = hours.multiply(BigDecimal.valueOf(3_600)).longValue();
    return TextNode.valueOf(time.plusSeconds(seconds).text());
  }
}
