package chatops.local.rehearsal.synthesis;

import chatops.local.rehearsal.reading.MadeUpText;
import chatops.local.rehearsal.reading.UsualTargets;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Values of the shape that an AssociationProperty gives a parameter (specification 2.4). */
final class AssociatedValues {
  /** A template that exists in every rehearsal and does nothing. */
  static final String TEMPLATE = "rehearsed-template";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String region;
  private final MadeUpText texts;

  AssociatedValues(String region) {
    this.region = region;
    this.texts = new MadeUpText(region);
  }

  /** Whether the default selects nothing, so that nothing would happen. */
  static boolean isHollow(JsonNode declaration) {
    String property = declaration.path("AssociationProperty").asText();
    JsonNode defaulted = declaration.path("Default");
    return switch (property) {
      case "Targets" ->
        defaulted.path("ResourceIds").isEmpty()
            && defaulted.path("Tags").isEmpty()
            && !defaulted.path("Type").asText().equals("All");
      default -> false;
    };
  }

  Optional<JsonNode> of(JsonNode declaration) {
    String property = declaration.path("AssociationProperty").asText("");
    String type = declaration.path("Type").asText("String").toLowerCase(Locale.ROOT);
    JsonNode metadata = declaration.path("AssociationPropertyMetadata");
    Optional<JsonNode> value = switch (property) {
      case "Targets" -> Optional.of(UsualTargets.in(region));
      case "RateControl" -> Optional.of(rateControl());
      case "Tags" -> Optional.of(JSON.arrayNode().add(tag("Key", "Value")));
      case "ALIYUN::OOS::Component::TimerTrigger" -> Optional.of(timer());
      case "ALIYUN::OOS::Event::EventTrigger" -> Optional.of(event());
      case "ALIYUN::OOS::Alarm::AlarmTrigger" -> Optional.of(alarm());
      case "DateTime" -> Optional.of(time(metadata.path("Format").asText("")));
      case "Cron" -> Optional.of(text("0 0 9 ? * *"));
      case "TimeZone" -> Optional.of(text("Asia/Shanghai"));
      case "List[Parameters]" ->
        Optional.of(JSON.arrayNode().add(row(metadata.path("Parameters"))));
      case "TemplateName" -> Optional.of(text(TEMPLATE));
      case "TemplateParameter" -> Optional.of(JSON.objectNode());
      case "RegionId", "ALIYUN::ECS::RegionId" -> Optional.of(text(region));
      default -> resource(property).map(TextNode::valueOf);
    };
    return value.map(one -> shaped(type, one));
  }

  private ObjectNode row(JsonNode declarations) {
    ObjectNode row = JSON.objectNode();
    for (Map.Entry<String, JsonNode> column : declarations.properties()) {
      JsonNode declared = column.getValue();
      String type = declared.path("Type").asText("String").toLowerCase(Locale.ROOT);
      JsonNode value = of(declared).orElseGet(() -> switch (type) {
        case "number" -> JSON.numberNode(1);
        case "boolean" -> JSON.booleanNode(true);
        case "json", "object" -> JSON.objectNode();
        case "list", "array" -> JSON.arrayNode().add(texts.of(column.getKey(), 1));
        default -> text(texts.of(column.getKey(), 1));
      });
      JsonNode first = declared.path("AllowedValues").path(0);
      row.set(column.getKey(), first.isMissingNode() ? value : first);
    }
    return row;
  }

  /** One element of a list parameter. */
  Optional<JsonNode> element(JsonNode declaration, int number) {
    return resource(declaration.path("AssociationProperty").asText(""))
        .map(id -> TextNode.valueOf(
            texts.of(lastPart(declaration.path("AssociationProperty").asText()), number)));
  }

  private static JsonNode shaped(String type, JsonNode value) {
    boolean isList = type.equals("list") || type.equals("array");
    if (isList && !value.isArray()) {
      return JSON.arrayNode().add(value);
    }
    return type.equals("string") && value.isContainerNode()
        ? TextNode.valueOf(value.toString())
        : value;
  }

  /** {@code ALIYUN::ECS::Instance::InstanceId} and the like: an id of that kind. */
  private Optional<String> resource(String property) {
    String last = lastPart(property);
    return property.startsWith("ALIYUN::") && last.endsWith("Id")
        ? Optional.of(texts.of(property.contains("::RDS::") ? "DB" + last : last, 1))
        : Optional.empty();
  }

  private static String lastPart(String property) {
    return property.substring(property.lastIndexOf(':') + 1);
  }

  private static JsonNode text(String value) {
    return TextNode.valueOf(value);
  }

  private static ObjectNode rateControl() {
    return JSON.objectNode().put("Mode", "Concurrency").put("Concurrency", 1).put("MaxErrors", 0);
  }

  private static ObjectNode tag(String key, String value) {
    return JSON.objectNode().put(key, "simulated").put(value, "yes");
  }

  private static ObjectNode timer() {
    return JSON.objectNode()
        .put("type", "cron")
        .put("expression", "0 0 9 ? * *")
        .put("endDate", "2026-01-03T00:00:00Z")
        .put("timeZone", "UTC");
  }

  private static ObjectNode event() {
    ObjectNode event = JSON.objectNode().put("product", "ECS");
    event.putArray("name").add("Instance:StateChange");
    event.putArray("level").add("INFO");
    event.putObject("content");
    return event;
  }

  private static ObjectNode alarm() {
    return JSON.objectNode()
        .put("namespace", "acs_ecs_dashboard")
        .put("metricName", "cpu_total")
        .put("statistics", "Average")
        .put("comparisonOperator", "GreaterThanThreshold")
        .put("threshold", "90")
        .put("resources", "[{\"resource\":\"_ALL\"}]")
        .put("times", 3)
        .put("period", 60)
        .put("interval", 60)
        .put("silenceTime", 86_400)
        .put("effectiveInterval", "00:00-23:59");
  }

  private static JsonNode time(String format) {
    String lower = format.toLowerCase(Locale.ROOT);
    if (lower.startsWith("hh:mm")) {
      return text(
          lower.contains("z") ? "09:00:00Z" : "09:00:00".substring(0, Math.min(8, lower.length())));
    }
    return text(lower.contains("hh") || lower.isEmpty() ? "2026-01-02T09:00:00Z" : "2026-01-02");
  }
}
