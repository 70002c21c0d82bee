package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** {@code Fn::Split: [separator, text]}: the parts, empty ones too. */
final class Split implements Function {
  @Override
  public String name() {
    return "Fn::Split";
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
    String separator = arguments.text(0);
    if (separator.isEmpty()) {
      throw arguments.wrong(0, "a separator", arguments.value(0));
    }
    String text = arguments.text(1);
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
    }
    return parts.add(text.substring(from));
  }
}
