package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** {@code Fn::Base64Encode: text}: standard Base64 with padding; null stays null. */
final class Base64Encode implements Function {
  @Override
  public String name() {
    return "Fn::Base64Encode";
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
    JsonNode value = arguments.value(0);
    if (value.isNull()) {
      return value;
    }
    byte[] bytes = JsonText.of(value, "").getBytes(StandardCharsets.UTF_8);
    return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
  }
}
