package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;

/** {@code Fn::ContainsSubString: [text, part]}; null contains nothing. */
final class ContainsSubString implements Function {
  @Override
  public String name() {
    return "Fn::ContainsSubString";
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
    if (arguments.value(0).isNull()) {
      return BooleanNode.FALSE;
    }
    return BooleanNode.valueOf(JsonText.of(arguments.value(0), "").contains(arguments.text(1)));
  }
}
