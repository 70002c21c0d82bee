package chatops.execution.aliyun;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns a template's parameters into the wire form of an RPC call. Known names decide by their pattern: repeat list, object
 * list, dotted name, flat map, JSON text. For what the table does not know: a list under a name ending in Id or Ids of ECS,
 * ESS and VPC is a repeat list, {@code Tags} with keys and values is {@code Tag.N.Key}, any other list or map is compact
 * JSON text. Null, empty text and empty containers are left out. Thread-safe.
 */
public final class ParameterEncoder {
  private static final Set<String> REPEATS_IDS = Set.of("ecs", "ess", "vpc");

  private final ObjectMapper json = new ObjectMapper();
  private final EncodingTable table = new EncodingTable();

  /** Wire names and values, sorted by name. */
  public Map<String, String> encode(String service, String api, ObjectNode parameters) {
    Map<String, String> wire = new TreeMap<>();
    WireName names = table.names(service, api);
    for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
      JsonNode value = parameter.getValue();
      if (isAbsent(value)) {
        continue;
      }
      WireName.Match match = names.find(parameter.getKey());
      if (match != null) {
        put(wire, match.wire(), match.place(), value);
      } else {
        putUnknown(wire, service.toLowerCase(Locale.ROOT), parameter.getKey(), value);
      }
    }
    return wire;
  }

  private void put(Map<String, String> wire, String name, WireName place, JsonNode given) {
    JsonNode value = place.isLeaf() ? given : parsed(given);
    if (isAbsent(value)) {
      return;
    }
    if (place.isList() && !(value.isObject() && place.item().isLeaf())) {
      putList(wire, name, place.item(), value);
    } else if (value.isObject() && place.isFlatMap()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        putText(wire, name + "." + field.getKey(), field.getValue());
      }
    } else if (value.isObject() && !place.isLeaf()) {
      putObject(wire, name, place, value);
    } else {
      putText(wire, name, value);
    }
  }

  private void putList(Map<String, String> wire, String name, WireName item, JsonNode value) {
    if (!value.isArray()) {
      put(wire, name + ".1", item, value);
      return;
    }
    int number = 1;
    for (JsonNode element : value) {
      if (!isAbsent(element)) {
        put(wire, name + "." + number++, item, element);
      }
    }
  }

  private void putObject(Map<String, String> wire, String name, WireName place, JsonNode value) {
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      if (isAbsent(field.getValue())) {
        continue;
      }
      WireName.Match match = place.find(field.getKey());
      if (match == null) {
        putText(wire, name + "." + field.getKey(), field.getValue());
      } else {
        put(wire, name + "." + match.wire(), match.place(), field.getValue());
      }
    }
  }

  private void putUnknown(Map<String, String> wire, String service, String name, JsonNode value) {
    boolean isTags = name.equalsIgnoreCase("Tags") || name.equalsIgnoreCase("Tag");
    if (isTags && value.isArray() && value.path(0).isObject()) {
      putObjects(wire, "Tag", value);
    } else if (value.isArray() && REPEATS_IDS.contains(service) && name.matches(".*Ids?")) {
      String singular = name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
      int number = 1;
      for (JsonNode element : value) {
        putText(wire, singular + "." + number++, element);
      }
    } else {
      putText(wire, name, value);
    }
  }

  private void putObjects(Map<String, String> wire, String name, JsonNode list) {
    int number = 1;
    for (JsonNode element : list) {
      for (Map.Entry<String, JsonNode> field : element.properties()) {
        putText(wire, name + "." + number + "." + field.getKey(), field.getValue());
      }
      number++;
    }
  }

  private void putText(Map<String, String> wire, String name, JsonNode value) {
    if (!isAbsent(value)) {
      wire.put(name, text(value));
    }
  }

  private String text(JsonNode value) {
    if (value.isContainerNode()) {
      return value.toString();
    }
    if (value.isNumber() && !value.isIntegralNumber()) {
      BigDecimal number = value.decimalValue().stripTrailingZeros();
      return number.toPlainString();
    }
    return value.asText();
  }

  /** Templates pass lists and maps as JSON text too. */
  private JsonNode parsed(JsonNode value) {
    String text = value.isTextual() ? value.textValue().strip() : "";
    if (!text.startsWith("[") && !text.startsWith("{")) {
      return value;
    }
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      return value;
    }
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isNull()
        || value.isMissingNode()
        || (value.isTextual() && value.textValue().isEmpty())
        || (value.isContainerNode() && value.isEmpty());
  }
}
