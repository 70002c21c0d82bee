package chatops.engine.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Hides known secrets wherever they appear in text or values. Values shorter than {@value #SHORTEST} characters are only
 * hidden where they stand alone, since they would blacken ordinary words. Immutable.
 */
public final class Mask {
  /** What is shown instead. */
  public static final String SHOWN = "******";

  private static final int SHORTEST = 4;
  private final List<String> secrets;

  private Mask(List<String> secrets) {
    this.secrets = secrets;
  }

  /** Longest first, so that a secret inside another does not uncover the rest. */
  public static Mask of(Collection<String> secrets) {
    return new Mask(secrets.stream()
        .filter(s -> !s.isBlank())
        .distinct()
        .sorted(Comparator.comparing(String::length).reversed())
        .toList());
  }

  public String text(String text) {
    String shown = text;
    for (String secret : secrets) {
      if (shown.equals(secret)) {
        return SHOWN;
      }
      if (secret.length() >= SHORTEST) {
        shown = shown.replace(secret, SHOWN);
      }
    }
    return shown;
  }

  public JsonNode value(JsonNode value) {
    if (secrets.isEmpty()) {
      return value;
    }
    if (value.isTextual()) {
      return TextNode.valueOf(text(value.textValue()));
    }
    if (value instanceof ObjectNode object) {
      return object(object);
    }
    if (value.isArray()) {
      ArrayNode shown = JsonNodeFactory.instance.arrayNode();
      value.forEach(element -> shown.add(value(element)));
      return shown;
    }
    return value.isNumber() && secrets.contains(value.asText()) ? TextNode.valueOf(SHOWN) : value;
  }

  public ObjectNode object(ObjectNode object) {
    if (secrets.isEmpty()) {
      return object;
    }
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    object.properties().forEach(e -> shown.set(e.getKey(), value(e.getValue())));
    return shown;
  }
}
