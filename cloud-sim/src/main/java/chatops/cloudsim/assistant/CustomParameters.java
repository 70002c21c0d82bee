package chatops.cloudsim.assistant;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.Parameters;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Custom parameters of a command: {@code {{name}}} in its content is replaced as text, once, whatever stands around it. Names do not regard case, an unset one becomes empty
 * (page "RunCommand", EnableParameter).
 */
final class CustomParameters {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_NAMES = 20;
  private static final int MOST_VALUES = 10;
  private static final int LONGEST_NAME = 64;
  private static final Pattern REFERENCE =
      Pattern.compile("\\{\\{\\s*((?:ACS::)?[A-Za-z0-9_-]+)\\s*}}");

  private CustomParameters() {}

  /** The names in the content, built-in ones excepted. */
  static Set<String> names(String content) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = REFERENCE.matcher(content);
    while (matcher.find()) {
      if (!matcher.group(1).startsWith("ACS::")) {
        names.add(matcher.group(1).toLowerCase(Locale.ROOT));
      }
    }
    if (names.size() > MOST_NAMES) {
      throw CloudException.invalid(
          "CommandContent", "it has more than " + MOST_NAMES + " custom parameters.");
    }
    return names;
  }

  /** The values that the call passes, by lower-case name. */
  static Map<String, String> values(Parameters parameters) {
    Map<String, String> values = new TreeMap<>();
    String text = parameters.text("Parameters").orElse("{}");
    JsonNode given;
    try {
      given = JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      throw CloudException.invalid("Parameters", "expected a JSON object.");
    }
    if (!given.isObject()) {
      throw CloudException.invalid("Parameters", "expected a JSON object.");
    }
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      String name = entry.getKey();
      if (name.length() > LONGEST_NAME || !name.matches("[A-Za-z0-9_-]+")) {
        throw CloudException.invalid(
            "Parameters", "\"" + name + "\" is no name: letters, digits, _ and -, at most 64.");
      }
      values.put(
          name.toLowerCase(Locale.ROOT),
          entry.getValue().isValueNode()
              ? entry.getValue().asText()
              : entry.getValue().toString());
    }
    if (values.size() > MOST_VALUES) {
      throw CloudException.invalid("Parameters", "at most " + MOST_VALUES + " of them.");
    }
    return values;
  }

  /** @param builtIn values of {@code ACS::…} names, which do regard case */
  static String fill(String content, Map<String, String> values, Map<String, String> builtIn) {
    return REFERENCE.matcher(content).replaceAll(found -> {
      String name = found.group(1);
      String value = name.startsWith("ACS::")
          ? builtIn.getOrDefault(name, found.group())
          : values.getOrDefault(name.toLowerCase(Locale.ROOT), "");
      return Matcher.quoteReplacement(value);
    });
  }
}
