package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** {@code Fn::Sum: list}: the sum of its numbers, null counting 0. */
final class Sum implements Function {
  @Override
  public String name() {
    return "Fn::Sum";
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
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode element : arguments.list(0)) {
      if (!element.isNull()) {
        sum = sum.add(Numbers.of(element)
            .orElseThrow(() -> arguments.wrong(0, "a list of numbers", element)));
      }
    }
    return Numbers.node(sum);
  }
}
