package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/** The text of an XML request body with references in it; null inserts nothing. */
record XmlBody(List<Part> parts) implements Expression {
  /** @param escaped whether its value is content and cannot be markup */
  record Part(Expression value, boolean escaped) {}

  XmlBody {
    parts = List.copyOf(parts);
  }

  @Override
  public JsonNode evaluate(Scope scope) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      String inserted = JsonText.of(part.value().evaluate(scope), "");
      text.append(part.escaped() ? escaped(inserted) : inserted);
    }
    return TextNode.valueOf(text.toString());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&apos;");
  }
}
