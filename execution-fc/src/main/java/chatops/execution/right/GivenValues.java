package chatops.execution.right;

import chatops.chat.rights.RunRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Parameters' values as the patterns of {@code rights[].parameters} see them. A selection of instances reads as it is typed in a
 * chat ({@code tag:env=staging}, {@code name:web-*}, ids one by one); everything in a region reads as nothing, so that no
 * pattern but {@code *} could mean it, and not even that does.
 */
public final class GivenValues {
  private GivenValues() {}

  public static Map<String, RunRequest.Value> of(ObjectNode parameters) {
    Map<String, RunRequest.Value> values = new LinkedHashMap<>();
    parameters.properties().forEach(e -> {
      List<List<String>> elements = new ArrayList<>();
      add(e.getValue(), elements);
      values.put(e.getKey(), new RunRequest.Value(elements));
    });
    return values;
  }

  private static void add(JsonNode value, List<List<String>> elements) {
    if (value.isArray()) {
      if (value.isEmpty()) {
        elements.add(List.of(""));
      }
      value.forEach(item -> add(item, elements));
    } else if (isSelection(value)) {
      select(value, elements);
    } else {
      elements.add(List.of(value.isValueNode() ? value.asText() : value.toString()));
    }
  }

  /** Of what a selection says only what we know to narrow it counts; anything else makes it plain JSON text. */
  private static boolean isSelection(JsonNode value) {
    if (!value.isObject() || !value.path("Type").isTextual()) {
      return false;
    }
    Set<String> known = Set.of("type", "regionid", "resourceids", "tags", "parameters");
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      if (!known.contains(field.getKey().toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    Set<String> parameters = new HashSet<>();
    value.path("Parameters").fieldNames().forEachRemaining(parameters::add);
    return Set.of("InstanceName").containsAll(parameters)
        && Set.of("resourceids", "tags", "all").contains(type(value));
  }

  private static String type(JsonNode selection) {
    return selection.path("Type").asText().strip().toLowerCase(Locale.ROOT);
  }

  private static void select(JsonNode selection, List<List<String>> elements) {
    if (type(selection).equals("resourceids")) {
      if (selection.path("ResourceIds").isEmpty()) {
        elements.add(List.of());
      }
      selection
          .path("ResourceIds")
          .forEach(id -> elements.add(List.of(id.asText().strip())));
      return;
    }
    List<String> narrowing = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    boolean isPlain = true;
    if (type(selection).equals("tags")) {
      for (JsonNode tag : selection.path("Tags")) {
        String key = tag.path("Key").asText();
        // the same key twice may widen what each alone would narrow
        isPlain = isPlain && keys.add(key) && key.indexOf('=') < 0;
        narrowing.add(
            "tag:" + key + "=" + (tag.hasNonNull("Value") ? tag.get("Value").asText() : ""));
      }
    }
    String name = selection.path("Parameters").path("InstanceName").asText("");
    if (!name.isEmpty()) {
      narrowing.add("name:" + name);
    }
    elements.add(isPlain ? List.copyOf(narrowing) : List.of());
  }
}
