package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When two JSON values are the same. */
public final class Equality {
  private Equality() {}

  /** Deep equality; numbers by value, so {@code 1} equals {@code 1.0}; no type is converted. */
  public static boolean strict(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return isFinite(a) && isFinite(b)
          ? a.decimalValue().compareTo(b.decimalValue()) == 0
          : a.doubleValue() == b.doubleValue();
    }
    if (a.isArray() && b.isArray()) {
      return a.size() == b.size() && sameElements(a, b);
    }
    if (a.isObject() && b.isObject()) {
      return a.size() == b.size() && sameFields(a, b);
    }
    return a.equals(b);
  }

  /** {@link #strict}, and text equals a number or boolean of the same text (booleans in any letter case). */
  public static boolean lenient(JsonNode a, JsonNode b) {
    return strict(a, b) || sameText(a, b) || sameText(b, a);
  }

  private static boolean isFinite(JsonNode number) {
    return !number.isFloatingPointNumber() || Double.isFinite(number.doubleValue());
  }

  private static boolean sameText(JsonNode text, JsonNode scalar) {
    if (!text.isTextual()) {
      return false;
    }
    String written = text.textValue().strip();
    if (scalar.isBoolean()) {
      return written.equalsIgnoreCase(scalar.asText());
    }
    return scalar.isNumber()
        && JsonText.parse(written)
            .filter(JsonNode::isNumber)
            .filter(n -> strict(n, scalar))
            .isPresent();
  }

  private static boolean sameElements(JsonNode a, JsonNode b) {
    Iterator<JsonNode> other = b.iterator();
    for (JsonNode element : a) {
      if (!strict(element, other.next())) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameFields(JsonNode a, JsonNode b) {
    for (Map.Entry<String, JsonNode> field : a.properties()) {
      @Nullable JsonNode other = b.get(field.getKey());
      if (other == null || !strict(field.getValue(), other)) {
        return false;
      }
    }
    return true;
  }
}
