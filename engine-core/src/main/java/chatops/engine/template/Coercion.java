package chatops.engine.template;

import chatops.engine.expression.JsonText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Optional;

/** Turns a given value into a parameter's declared type (specification 2.2). */
final class Coercion {
  private Coercion() {}

  /** Empty when it cannot be turned. */
  static Optional<JsonNode> to(Parameter.Type type, JsonNode value) {
    return switch (type) {
      case STRING ->
        Optional.of(value.isTextual() ? value : TextNode.valueOf(JsonText.of(value, "")));
      case NUMBER ->
        value.isTextual()
            ? JsonText.parse(value.textValue().strip()).filter(JsonNode::isNumber)
            : Optional.of(value).filter(JsonNode::isNumber);
      case BOOLEAN -> bool(value);
      case JSON ->
        value.isTextual()
            ? JsonText.parseContainer(value.textValue())
            : Optional.of(value).filter(JsonNode::isContainerNode);
      case LIST -> list(value);
    };
  }

  private static Optional<JsonNode> bool(JsonNode value) {
    if (value.isBoolean()) {
      return Optional.of(value);
    }
    String text = value.isTextual() ? value.textValue().strip().toLowerCase(Locale.ROOT) : "";
    return text.equals("true") || text.equals("false")
        ? Optional.of(BooleanNode.valueOf(text.equals("true")))
        : Optional.empty();
  }

  private static Optional<JsonNode> list(JsonNode value) {
    if (value.isArray()) {
      return Optional.of(value);
    }
    if (value.isObject()) {
      return Optional.empty();
    }
    if (value.isTextual() && value.textValue().strip().startsWith("[")) {
      return JsonText.parseContainer(value.textValue()).filter(JsonNode::isArray);
    }
    return Optional.of(JsonNodeFactory.instance.arrayNode().add(value));
  }

  /** What {@link #to} takes, in words. */
  static String expected(Parameter.Type type) {
    return switch (type) {
      case STRING -> "text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case JSON -> "a map, a list, or the JSON text of one";
      case LIST -> "a list, or the JSON text of one";
    };
  }
}
