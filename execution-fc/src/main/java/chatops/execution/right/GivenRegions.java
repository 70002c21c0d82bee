package chatops.execution.right;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The regions that values name, however deep: by a field whose name ends with {@code region} or {@code regionId}, or with a plural of
 * these; also inside a text that is JSON, because the language reads such a text as what it says.
 */
public final class GivenRegions {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NAMES = List.of("region", "regionid", "regions", "regionids");

  private GivenRegions() {}

  public static Set<String> of(JsonNode values) {
    Set<String> regions = new LinkedHashSet<>();
    add(values, false, regions);
    return regions;
  }

  private static void add(JsonNode value, boolean isRegion, Set<String> regions) {
    JsonNode inside = opened(value);
    if (inside.isObject()) {
      for (Map.Entry<String, JsonNode> field : inside.properties()) {
        add(field.getValue(), isRegion || isNamed(field.getKey()), regions);
      }
    } else if (inside.isArray()) {
      inside.forEach(item -> add(item, isRegion, regions));
    } else if (isRegion && !inside.asText().isBlank()) {
      regions.add(inside.asText().strip());
    }
  }

  private static boolean isNamed(String field) {
    String name = field.toLowerCase(Locale.ROOT);
    return NAMES.stream().anyMatch(name::endsWith);
  }

  private static JsonNode opened(JsonNode value) {
    String text = value.isTextual() ? value.textValue().strip() : "";
    if (!text.startsWith("{") && !text.startsWith("[")) {
      return value;
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException noJson) {
      return value;
    }
  }
}
