package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/** {@code Fn::Replace: [{old: new…}, text]}: every occurrence, literally, pair after pair. */
final class Replace implements Function {
  @Override
  public String name() {
    return "Fn::Replace";
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
    String text = arguments.text(1);
    for (Map.Entry<String, JsonNode> pair : arguments.map(0).properties()) {
      if (!pair.getKey().isEmpty()) {
        text = text.replace(pair.getKey(), JsonText.of(pair.getValue(), ""));
      }
    }
    return TextNode.valueOf(text);
  }
}
