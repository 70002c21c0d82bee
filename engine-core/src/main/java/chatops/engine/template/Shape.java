package chatops.engine.template;

import chatops.engine.expression.Fault;
import chatops.engine.expression.Spelling;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the properties of each atomic action look like (specification 7); {@link #OTHER} is a product action. */
enum Shape {
  EXECUTE_API("ACS::ExecuteAPI", true, List.of("Service", "API"), Keys.API),
  WAIT_FOR("ACS::WaitFor", true, List.of("Service", "API", "PropertySelector"), Keys.POLL),
  CHECK_FOR("ACS::CheckFor", true, List.of("Service", "API", "PropertySelector"), Keys.POLL),
  SELECT_TARGETS(
      "ACS::SelectTargets",
      false,
      List.of("ResourceType", "Filters"),
      List.of("RegionId", "MaxResults")),
  CHOICE("ACS::Choice", false, List.of("DefaultTask", "Choices"), List.of()),
  SLEEP("ACS::Sleep", false, List.of(), List.of("Duration", "EndDate")),
  APPROVE(
      "ACS::Approve",
      false,
      List.of("NotifyType"),
      List.of("WebHook", "Mail", "Approvers", "MinRequiredApprovals", "AppendExecutionLink")),
  NOTIFY(
      "ACS::Notify",
      false,
      List.of("NotifyType"),
      List.of("WebHook", "Mail", "AppendExecutionLink")),
  PAUSE("ACS::Pause", false, List.of(), List.of()),
  TEMPLATE(
      "ACS::Template",
      true,
      List.of(),
      List.of(
          "TemplateName",
          "TemplateVersion",
          "TemplateContent",
          "TemplateURL",
          "Parameters",
          "KeepAlive")),
  LOOP("ACS::Loop", false, List.of("LoopItems", "LoopTasks"), List.of("LoopRateControl")),
  TIMER_TRIGGER(
      "ACS::TimerTrigger",
      false,
      List.of("Type", "Expression"),
      List.of("TimeZone", "StartDate", "EndDate")),
  EVENT_TRIGGER(
      "ACS::EventTrigger",
      false,
      List.of("Product", "Name"),
      List.of("Level", "Content", "Tags", "RegionId", "OutputTransformer")),
  ALARM_TRIGGER(
      "ACS::AlarmTrigger",
      false,
      List.of("Namespace", "MetricName", "ComparisonOperator", "Threshold"),
      List.of(
          "Statistics",
          "Resources",
          "Tags",
          "ResourceGroup",
          "Times",
          "Period",
          "Interval",
          "SilenceTime",
          "EffectiveInterval",
          "OutputTransformer")),
  EXECUTE_HTTP_REQUEST(
      "ACS::ExecuteHttpRequest",
      true,
      List.of("URL"),
      List.of("Method", "Headers", "Query", "Body", "WaitFor", "CheckFor")),
  GIT_CODE_REPO(
      "ACS::GitCodeRepo",
      false,
      List.of("Platform", "Owner", "Repository"),
      List.of("Organization")),
  OTHER("", true, List.of(), List.of());

  /** Keys that several actions share. */
  private static final class Keys {
    private static final List<String> API =
        List.of("Parameters", "AutoPaging", "Method", "URI", "Headers", "Body", "Risk");
    private static final List<String> POLL = List.of(
        "Parameters",
        "AutoPaging",
        "Method",
        "URI",
        "Headers",
        "Body",
        "Risk",
        "DesiredValues",
        "NotDesiredValues",
        "StopRetryValues",
        Task.PROGRESS,
        Task.STOP_REASON);
  }

  private final String action;
  private final boolean loops;
  private final List<String> required;
  private final List<String> optional;

  Shape(String action, boolean loops, List<String> required, List<String> optional) {
    this.action = action;
    this.loops = loops;
    this.required = required;
    this.optional = optional;
  }

  /** Matched in any letter case. */
  static Shape of(String action) {
    return Arrays.stream(values())
        .filter(shape -> shape != OTHER && shape.action.equalsIgnoreCase(action))
        .findFirst()
        .orElse(OTHER);
  }

  static List<String> names() {
    return Arrays.stream(values())
        .filter(shape -> shape != OTHER)
        .map(shape -> shape.action)
        .toList();
  }

  boolean mayLoop() {
    return loops;
  }

  boolean isPoll() {
    return this == WAIT_FOR || this == CHECK_FOR;
  }

  boolean isTrigger() {
    return this == TIMER_TRIGGER || this == EVENT_TRIGGER || this == ALARM_TRIGGER;
  }

  /** Whether references inside quotes of this property are escaped as JSON. */
  boolean isBody(String key) {
    return key.equals("Body") && this != OTHER;
  }

  /** Whether this property is an address. */
  boolean isUrl(String key) {
    return (key.equals("URI") || key.equals("URL")) && this != OTHER;
  }

  boolean isWebHook(String key) {
    return key.equals("WebHook") && (this == NOTIFY || this == APPROVE);
  }

  /** Where PropertySelector stands. */
  Fields selectorHolder(Fields properties) {
    if (this != EXECUTE_HTTP_REQUEST) {
      return properties;
    }
    String key = properties.has("WaitFor") ? "WaitFor" : "CheckFor";
    return new Fields(
        properties.get(key),
        properties.at(key),
        properties.owner() + ", " + key,
        properties.findings());
  }

  /** The properties whose values are computed; selectors, choices and inner tasks are compiled apart. */
  Map<String, JsonNode> evaluated(Fields properties) {
    Map<String, JsonNode> evaluated = new LinkedHashMap<>();
    Set<String> apart = switch (this) {
      case WAIT_FOR, CHECK_FOR -> Set.of("PropertySelector", Task.PROGRESS, Task.STOP_REASON);
      case CHOICE -> Set.of("Choices");
      case LOOP -> Set.of("LoopTasks");
      default -> Set.of();
    };
    properties.map().properties().forEach(entry -> {
      if (!apart.contains(entry.getKey())) {
        evaluated.put(entry.getKey(), entry.getValue());
      }
    });
    return evaluated;
  }

  void check(Fields properties) {
    if (this == OTHER) {
      return;
    }
    for (String key : required) {
      if (!properties.has(key)) {
        properties.missing(key);
      }
    }
    for (Map.Entry<String, JsonNode> entry : properties.map().properties()) {
      String key = entry.getKey();
      if (!required.contains(key) && !optional.contains(key)) {
        properties
            .findings()
            .add(
                Fault.UNKNOWN_PROPERTY,
                properties.at(key),
                properties.owner() + ": " + action + " has no property '" + key
                    + "', it is ignored",
                elsewhere(key, properties));
      }
    }
    new WrittenProperties(properties).check(this);
    if (isPoll()) {
      oneOf(properties, "DesiredValues", "NotDesiredValues");
    } else if (this == SLEEP) {
      oneOf(properties, "Duration", "EndDate");
    } else if (this == TEMPLATE) {
      if (!properties.has("TemplateURL")) {
        oneOf(properties, "TemplateName", "TemplateContent");
      }
    }
  }

  /** The names of all properties. */
  List<String> known() {
    List<String> known = new ArrayList<>(required);
    known.addAll(optional);
    return known;
  }

  /** What to do about a property that the action does not have. */
  private String elsewhere(String key, Fields properties) {
    List<String> absent =
        known().stream().filter(each -> !properties.map().has(each)).toList();
    return Spelling.find(TaskReader.KEYS, key)
        .map(attribute -> attribute + " stands beside Properties, not in it")
        .orElseGet(() -> Spelling.suggest(key, absent, "remove it"));
  }

  /** Blank text is a value to wait for, and nothing elsewhere. */
  private boolean isGiven(Fields properties, String key) {
    return isPoll() ? properties.holds(key) : properties.says(key);
  }

  private void oneOf(Fields properties, String one, String other) {
    if (!isGiven(properties, one) && !isGiven(properties, other)) {
      properties.missing(one + " or " + other);
    }
  }
}
