package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import chatops.engine.expression.Function;
import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code Fn::Sub: [text, {name: value…}]} replaces {@code ${name}} of the names given and leaves every other. */
final class Sub implements Function {
  @Override
  public String name() {
    return "Fn::Sub";
  }

  @Override
  public int least() {
    return 1;
  }

  @Override
  public int most() {
    return 2;
  }

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  @Override
  public JsonNode apply(Arguments arguments) {
    String text = arguments.text(0);
    if (arguments.count() == 1) {
      return TextNode.valueOf(text);
    }
    JsonNode variables = arguments.map(1);
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      JsonNode value = variables.path(matcher.group(1));
      String inserted = value.isMissingNode() ? matcher.group() : JsonText.of(value, "");
      matcher.appendReplacement(result, Matcher.quoteReplacement(inserted));
    }
    return TextNode.valueOf(matcher.appendTail(result).toString());
  }
}
