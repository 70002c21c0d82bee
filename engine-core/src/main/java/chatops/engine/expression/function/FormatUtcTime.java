package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** {@code Fn::FormatUTCTime: [time, format]}: the time by strftime codes. */
final class FormatUtcTime implements Function {
  @Override
  public String name() {
    return "Fn::FormatUTCTime";
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
    return TextNode.valueOf(Strftime.format(Times.parse(arguments, 0).time(), arguments, 1));
  }
}
