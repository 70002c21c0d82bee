package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.StringJoiner;

/** {@code Fn::Join: [separator, list]}; null is empty, lists and maps are JSON. */
final class Join implements Function {
  @Override
  public String name() {
    return "Fn::Join";
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
    StringJoiner joined = new StringJoiner(separator);
    arguments.list(1).forEach(element -> joined.add(JsonText.of(element, "")));
    return TextNode.valueOf(joined.toString());
  }
}
