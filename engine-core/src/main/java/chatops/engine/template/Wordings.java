package chatops.engine.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts for people: a map of languages to text, or one text for all of them under the empty name. */
final class Wordings {
  private Wordings() {}

  static Map<String, String> of(JsonNode written) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (written.isObject()) {
      for (Map.Entry<String, JsonNode> text : written.properties()) {
        if (text.getValue().isTextual()) {
          texts.put(text.getKey(), text.getValue().textValue());
        }
      }
    } else if (written.isTextual()) {
      texts.put("", written.textValue());
    }
    return ordered(texts);
  }

  static Map<String, String> ordered(Map<String, String> texts) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(texts));
  }

  /** The English text, else the one there is. */
  static @Nullable String english(Map<String, String> texts) {
    String text = texts.get("en");
    return text != null || texts.isEmpty() ? text : texts.values().iterator().next();
  }
}
