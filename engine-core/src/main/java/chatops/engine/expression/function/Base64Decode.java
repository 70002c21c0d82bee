package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** {@code Fn::Base64Decode: text}: UTF-8 text; null stays null. */
final class Base64Decode implements Function {
  @Override
  public String name() {
    return "Fn::Base64Decode";
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
    if (arguments.value(0).isNull()) {
      return NullNode.getInstance();
    }
    String text = arguments.text(0);
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(text.replace('-', '+').replace('_', '/'));
      return TextNode.valueOf(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notBase64) {
      throw arguments.wrong(0, "Base64 text", arguments.value(0));
    }
  }
}
