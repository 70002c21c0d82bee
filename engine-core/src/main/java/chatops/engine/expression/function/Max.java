package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.math.BigDecimal;
import java.util.List;

/** {@code Fn::Max: list}: the largest number, null of an empty list. */
final class Max implements Function {
  @Override
  public String name() {
    return "Fn::Max";
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
    JsonNode best = NullNode.getInstance();
    for (JsonNode element : list) {
      BigDecimal number =
          Numbers.of(element).orElseThrow(() -> arguments.wrong(0, "a list of numbers", element));
      if (best.isNull() || number.compareTo(best.decimalValue()) > 0) {
        best = Numbers.node(number);
      }
    }
    return best;
  }
}
