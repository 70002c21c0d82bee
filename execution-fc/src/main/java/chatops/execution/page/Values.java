package chatops.execution.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as pages show them. */
public final class Values {
  /** What is longer is cut: a page is no place for a megabyte. */
  static final int LONGEST = 4000;

  private Values() {}

  /** By name, in order. */
  public static Map<String, String> texts(ObjectNode values) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> value : values.properties()) {
      texts.put(value.getKey(), text(value.getValue()));
    }
    return texts;
  }

  static String text(JsonNode value) {
    return cut(value.isValueNode() ? value.asText() : value.toString(), LONGEST);
  }

  static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }

  static String time(@Nullable Instant at) {
    return at == null ? "" : at.toString();
  }
}
