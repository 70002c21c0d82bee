package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text of an address with references in it; null inserts nothing. */
record UrlText(List<Part> parts) implements Expression {
  /** @param encoded whether its value is one component of the address, and nothing else */
  record Part(Expression value, boolean encoded) {}

  UrlText {
    parts = List.copyOf(parts);
  }

  @Override
  public JsonNode evaluate(Scope scope) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      String inserted = JsonText.of(part.value().evaluate(scope), "");
      text.append(part.encoded() ? component(inserted) : inserted);
    }
    return TextNode.valueOf(text.toString());
  }

  private static String component(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
