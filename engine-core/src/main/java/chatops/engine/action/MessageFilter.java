package chatops.engine.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Holds a message against the properties of an event trigger (specification 7.12). A head field that the message does not carry
 * (product, name, level, regionId) is not held against it, so that people can trigger by hand with the content alone;
 * a wanted tag that the message does not carry is.
 */
public final class MessageFilter {
  private MessageFilter() {}

  /** @return why the message is not let through; empty when it is */
  public static String refusal(ObjectNode filter, JsonNode message) {
    for (Map.Entry<String, JsonNode> wanted : filter.properties()) {
      String property = wanted.getKey();
      String why = switch (property) {
        case "Content" -> content(wanted.getValue(), message.path("content"));
        case "Tags" -> tags(wanted.getValue(), message);
        default -> head(property, wanted.getValue(), message);
      };
      if (!why.isEmpty()) {
        return why;
      }
    }
    return "";
  }

  private static String head(String property, JsonNode wanted, JsonNode message) {
    String field = property.substring(0, 1).toLowerCase(Locale.ROOT) + property.substring(1);
    JsonNode found = message.path(field);
    return found.isMissingNode() || isAmong(found, wanted) ? "" : unlike(field, wanted, found);
  }

  private static String content(JsonNode wanted, JsonNode content) {
    for (Map.Entry<String, JsonNode> each : wanted.properties()) {
      JsonNode found = content.path(each.getKey());
      if (!isAmong(found, each.getValue())) {
        return unlike("content." + each.getKey(), each.getValue(), found);
      }
    }
    return "";
  }

  private static String tags(JsonNode wanted, JsonNode message) {
    JsonNode inside = message.path("content").path("tags");
    JsonNode carried = inside.isMissingNode() ? message.path("tags") : inside;
    for (JsonNode tag : elements(wanted)) {
      String key = tag.path("Key").asText("");
      JsonNode value = tag.path("Value");
      JsonNode found = tag(carried, key);
      boolean isAnyValue =
          value.isMissingNode() || value.isNull() || value.asText().isEmpty();
      if (found.isMissingNode() || !(isAnyValue || isSame(found, value))) {
        return unlike("tag " + key, value, found);
      }
    }
    return "";
  }

  private static JsonNode tag(JsonNode carried, String key) {
    if (carried.isObject()) {
      return carried.path(key);
    }
    for (JsonNode tag : carried) {
      if (key.equals(tag.path("Key").asText(tag.path("key").asText("")))) {
        return tag.has("Value") ? tag.path("Value") : tag.path("value");
      }
    }
    return carried.path(key);
  }

  /** Lists share an element; anything else is a list of one. */
  private static boolean isAmong(JsonNode found, JsonNode wanted) {
    for (JsonNode one : elements(found)) {
      for (JsonNode other : elements(wanted)) {
        if (isSame(one, other)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isSame(JsonNode one, JsonNode other) {
    return one.equals(other)
        || (one.isValueNode()
            && other.isValueNode()
            && one.asText().equalsIgnoreCase(other.asText()));
  }

  private static List<JsonNode> elements(JsonNode value) {
    List<JsonNode> elements = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(elements::add);
    } else if (!value.isMissingNode()) {
      elements.add(value);
    }
    return elements;
  }

  private static String unlike(String field, JsonNode wanted, JsonNode found) {
    return field + " is " + (found.isMissingNode() ? "not there" : found) + ", wanted is " + wanted;
  }
}
