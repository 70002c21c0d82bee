package chatops.cloudsim.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The flat parameters of one call ({@code InstanceId.1}, {@code Tag.1.Key}), read with the service's own complaints. Immutable. */
public record Parameters(Map<String, String> values) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Parameters {
    values = Map.copyOf(values);
  }

  /** An empty value counts as absent, as at the real gateway. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  public String required(String name) {
    return text(name).orElseThrow(() -> CloudException.missing(name));
  }

  public boolean flag(String name) {
    String value = text(name).orElse("false");
    if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
      throw CloudException.invalid(name, "expected true or false.");
    }
    return value.equalsIgnoreCase("true");
  }

  public int number(String name, int otherwise, int least, int most) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // answered below like a number out of range
    }
    throw CloudException.invalid(name, "expected a number from " + least + " to " + most + ".");
  }

  /** {@code name.1}, {@code name.2}, … in order of their index; gaps are tolerated. */
  public List<String> list(String name) {
    return List.copyOf(indexed(name + ".", "").values());
  }

  /** {@code name.N.Key} with {@code name.N.Value}; a key alone has an empty value. */
  public List<Map.Entry<String, String>> pairs(String name) {
    TreeMap<Integer, String> keys = indexed(name + ".", ".Key");
    TreeMap<Integer, String> pairValues = indexed(name + ".", ".Value");
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    keys.forEach((index, key) -> pairs.add(Map.entry(key, pairValues.getOrDefault(index, ""))));
    return pairs;
  }

  /** A parameter whose value is a JSON array of texts, as {@code InstanceIds} of DescribeInstances. */
  public Optional<List<String>> jsonList(String name) {
    return text(name).map(value -> parse(name, value));
  }

  private static List<String> parse(String name, String value) {
    try {
      JsonNode node = JSON.readTree(value);
      if (node.isArray()) {
        List<String> items = new ArrayList<>();
        node.forEach(item -> items.add(item.asText()));
        return items;
      }
    } catch (JsonProcessingException notJson) {
      // answered below like JSON of another type
    }
    throw CloudException.invalid(name, "expected a JSON array such as [\"a\",\"b\"].");
  }

  private TreeMap<Integer, String> indexed(String prefix, String suffix) {
    TreeMap<Integer, String> found = new TreeMap<>();
    values.forEach((name, value) -> {
      if (name.startsWith(prefix)
          && name.endsWith(suffix)
          && name.length() > prefix.length() + suffix.length()) {
        String index = name.substring(prefix.length(), name.length() - suffix.length());
        if (index.chars().allMatch(Character::isDigit) && index.length() < 6 && !value.isEmpty()) {
          found.put(Integer.valueOf(index), value);
        }
      }
    });
    return found;
  }
}
