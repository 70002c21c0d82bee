package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/**
 * The text of a request body with references in it. Inside double quotes a value is written as JSON text content, so a
 * quote in a value cannot end the string it stands in; elsewhere it is inserted as it is, null as {@code null}.
 */
record JsonBody(List<Part> parts) implements Expression {
  record Part(Expression value, boolean quoted) {}

  JsonBody {
    parts = List.copyOf(parts);
  }

  @Override
  public JsonNode evaluate(Scope scope) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      String inserted = JsonText.of(part.value().evaluate(scope), "null");
      text.append(part.quoted() ? JsonText.escape(inserted) : inserted);
    }
    return TextNode.valueOf(text.toString());
  }
}
