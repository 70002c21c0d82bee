package chatops.engine.audit;

import chatops.engine.view.Mask;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Hides values whose name says that they are secret, beside what {@link Mask} knows: a password may stand in the template
 * itself, where no parameter is marked. What a script or user data holds is nobody's to search, so it is hidden, too.
 */
final class SecretFields {
  private static final Pattern SECRET = Pattern.compile(
      "(?i).*(password|passwd|secret|token|private.?key|credential|accesskey|authorization|cookie"
          + "|userdata|content|kubeconfig).*");

  private SecretFields() {}

  static ObjectNode hidden(ObjectNode object) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      boolean isSecret = SECRET.matcher(field.getKey()).matches();
      JsonNode value =
          isSecret ? JsonNodeFactory.instance.textNode(Mask.SHOWN) : hidden(field.getValue());
      shown.set(field.getKey(), value);
    }
    return shown;
  }

  private static JsonNode hidden(JsonNode value) {
    if (value instanceof ObjectNode object) {
      return hidden(object);
    }
    if (value instanceof ArrayNode array) {
      ArrayNode shown = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> shown.add(hidden(element)));
      return shown;
    }
    return value;
  }
}
