package chatops.engine.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/** JSON values as text and back, by the rules of embedded references. */
public final class JsonText {
  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .build();

  private JsonText() {}

  /** Text raw, numbers and booleans as JSON, lists and maps as compact JSON; {@code whenNull} for null. */
  public static String of(JsonNode value, String whenNull) {
    if (value.isNull() || value.isMissingNode()) {
      return whenNull;
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }

  /** The value of a JSON text; empty when it is not JSON. */
  public static Optional<JsonNode> parse(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(MAPPER.readTree(text)).filter(value -> !value.isMissingNode());
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  /** The list or map in a JSON text; empty when the text is anything else. */
  public static Optional<JsonNode> parseContainer(String text) {
    String trimmed = text.strip();
    boolean looksSo = trimmed.startsWith("{") || trimmed.startsWith("[");
    return looksSo ? parse(trimmed).filter(JsonNode::isContainerNode) : Optional.empty();
  }

  /**
   * {@code value} without map entries whose value is null, at every level; list elements stay. A property that resolves
   * to null is not sent to an API or a child (specification 9.2).
   */
  public static JsonNode withoutNulls(JsonNode value) {
    if (value instanceof ObjectNode map) {
      ObjectNode kept = map.objectNode();
      map.properties().forEach(entry -> {
        if (!entry.getValue().isNull()) {
          kept.set(entry.getKey(), withoutNulls(entry.getValue()));
        }
      });
      return kept;
    }
    if (value instanceof ArrayNode list) {
      ArrayNode kept = list.arrayNode(list.size());
      list.forEach(element -> kept.add(withoutNulls(element)));
      return kept;
    }
    return value;
  }

  /** {@code text} as the content of a JSON string, without the quotes around it. */
  public static String escape(String text) {
    String quoted = TextNode.valueOf(text).toString();
    return quoted.substring(1, quoted.length() - 1);
  }

  /** Whether JSON text that started inside a string or not ({@code inString}) ends inside one. */
  static boolean endsInString(String text, boolean inString) {
    boolean inside = inString;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inside && c == '\\') {
        i++;
      } else if (c == '"') {
        inside = !inside;
      }
    }
    return inside;
  }

  /** Shortened for a message. */
  public static String brief(JsonNode value) {
    String text = value.toString();
    return text.length() <= 120 ? text : text.substring(0, 117) + "...";
  }

  /** The type of a value and the value: {@code a number 5}. */
  public static String described(JsonNode value) {
    return value.isNull() || value.isMissingNode() ? "null" : typeOf(value) + " " + brief(value);
  }

  /** The type of a value in the words templates use. */
  public static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "a map";
      case BOOLEAN -> "a boolean";
      case NUMBER -> "a number";
      case STRING, BINARY -> "text";
      case NULL, MISSING -> "null";
    };
  }

  static JsonNode orNull(JsonNode value) {
    return value.isMissingNode() ? NullNode.getInstance() : value;
  }
}
