package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What leaves a program is JSON, which has no infinite numbers. */
final class Numbers {
  private Numbers() {}

  /** As jq writes results: null for what is no number, the largest double for infinity. */
  static JsonNode finite(JsonNode value) {
    if (value.isContainerNode() && holdsStrange(value)) {
      return rebuilt(value);
    }
    return isStrange(value) ? scalar(value) : value;
  }

  private static boolean isStrange(JsonNode value) {
    return value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue());
  }

  private static boolean holdsStrange(JsonNode value) {
    for (JsonNode element : value) {
      if (element.isContainerNode() ? holdsStrange(element) : isStrange(element)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode rebuilt(JsonNode value) {
    if (value instanceof ObjectNode map) {
      ObjectNode copy = map.objectNode();
      map.properties().forEach(field -> copy.set(field.getKey(), finite(field.getValue())));
      return copy;
    }
    ArrayNode copy = ((ArrayNode) value).arrayNode();
    value.forEach(element -> copy.add(finite(element)));
    return copy;
  }

  private static JsonNode scalar(JsonNode value) {
    return Double.isNaN(value.doubleValue())
        ? NullNode.getInstance()
        : DoubleNode.valueOf(Math.copySign(Double.MAX_VALUE, value.doubleValue()));
  }
}
