package chatops.execution.scaling;

import chatops.chat.rights.Scaling;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a hook's facts where parameter values say {@code ${…}}, as Auto Scaling does for OOS templates: in values only, never in a
 * template's tasks. {@code ["${instanceIds}"]} becomes the list of ids, {@code "${instanceIds}"} too; inside other text it is the list's
 * JSON. {@code ${instanceId}} is left for the run of each instance. Other {@code ${…}} belong to scripts and stay.
 */
final class Placeholders {
  static final String EACH = "${instanceId}";
  private static final String ALL = "${instanceIds}";
  private static final String TOKEN = "${lifecycleActionToken}";

  private final Map<String, String> texts = new LinkedHashMap<>();
  private final List<String> instanceIds;

  Placeholders(LifecycleMessage message, String regionId) {
    this.instanceIds = message.instanceIds();
    texts.put("${regionId}", regionId);
    texts.put("${lifecycleHookId}", message.hookId());
    texts.put(TOKEN, message.token());
    texts.put("${scalingGroupId}", message.groupId());
  }

  JsonNode replace(JsonNode value) {
    if (value instanceof ObjectNode map) {
      ObjectNode replaced = JsonNodeFactory.instance.objectNode();
      map.properties().forEach(e -> replaced.set(e.getKey(), replace(e.getValue())));
      return replaced;
    }
    if (value instanceof ArrayNode list) {
      ArrayNode replaced = JsonNodeFactory.instance.arrayNode();
      for (JsonNode item : list) {
        if (item.isTextual() && item.textValue().equals(ALL)) {
          instanceIds.forEach(replaced::add);
        } else {
          replaced.add(replace(item));
        }
      }
      return replaced;
    }
    return value.isTextual() ? text(value.textValue()) : value;
  }

  private JsonNode text(String given) {
    if (given.equals(ALL)) {
      return ids();
    }
    String text = given.replace(ALL, ids().toString());
    for (Map.Entry<String, String> each : texts.entrySet()) {
      text = text.replace(each.getKey(), each.getValue());
    }
    return TextNode.valueOf(text);
  }

  private ArrayNode ids() {
    ArrayNode ids = JsonNodeFactory.instance.arrayNode();
    instanceIds.forEach(ids::add);
    return ids;
  }

  /** Whether a template that is given this completes the hook itself. */
  static boolean hasToken(JsonNode value) {
    return texts(value).stream().anyMatch(text -> text.contains(TOKEN));
  }

  /** Whether it is about one instance at a time. */
  static boolean isEach(JsonNode value) {
    return texts(value).stream().anyMatch(text -> text.contains(EACH));
  }

  /** Whether any fact of a hook is named in it. */
  static boolean hasAny(JsonNode value) {
    return texts(value).stream()
        .anyMatch(text ->
            Scaling.PLACEHOLDERS.stream().anyMatch(name -> text.contains("${" + name + "}")));
  }

  private static List<String> texts(JsonNode value) {
    List<String> texts = new ArrayList<>();
    if (value.isTextual()) {
      texts.add(value.textValue());
    } else {
      value.forEach(each -> texts.addAll(texts(each)));
    }
    return texts;
  }
}
