package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/**
 * Text with references in it. What a reference inserts is never looked at again, so a value cannot become an expression.
 *
 * @param whenNull what null inserts
 */
record TextOf(List<Expression> parts, String whenNull) implements Expression {
  TextOf {
    parts = List.copyOf(parts);
  }

  @Override
  public JsonNode evaluate(Scope scope) {
    StringBuilder text = new StringBuilder();
    parts.forEach(part -> text.append(JsonText.of(part.evaluate(scope), whenNull)));
    return TextNode.valueOf(text.toString());
  }
}
