package chatops.engine.template;

import chatops.engine.EngineException;
import chatops.engine.expression.Fault;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.Spelling;
import chatops.engine.schedule.Durations;
import chatops.engine.schedule.Schedule;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Values of properties that are written out, held against what the action will make of them: what would fail when the task
 * is reached is told before anything runs. Says nothing about values that are computed.
 */
record WrittenValues(Fields properties, String action) {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

  /** The verbs that a web request may have. */
  private static final List<String> WEB_METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE");

  private static final List<String> ALARM_OPERATORS = List.of(
      "GreaterThanOrEqualToThreshold",
      "GreaterThanThreshold",
      "LessThanOrEqualToThreshold",
      "LessThanThreshold",
      "EqualToThreshold",
      "NotEqualToThreshold",
      "GreaterThanYesterday",
      "LessThanYesterday",
      "GreaterThanLastWeek",
      "LessThanLastWeek",
      "GreaterThanLastPeriod",
      "LessThanLastPeriod");

  void check(Shape shape) {
    switch (shape) {
      case EXECUTE_API, WAIT_FOR, CHECK_FOR -> {
        text("Service");
        text("API");
        map("Parameters");
        map("Headers");
        usually("Method", METHODS);
        usually("Risk", List.of("Normal", "High"));
        usually("AutoPaging", List.of("true", "false"));
      }
      case SLEEP -> sleep();
      case TIMER_TRIGGER -> timer();
      case ALARM_TRIGGER -> usually("ComparisonOperator", ALARM_OPERATORS);
      case NOTIFY, APPROVE -> message(shape);
      case SELECT_TARGETS -> filters(properties.get("Filters"), properties.at("Filters"));
      case TEMPLATE -> map("Parameters");
      case LOOP -> {
        items("LoopItems");
        rateControl("LoopRateControl", properties.get("LoopRateControl"));
      }
      case EXECUTE_HTTP_REQUEST -> webRequest();
      default -> {}
    }
  }

  /** Whether a value is written out, at least its outermost level. */
  static boolean isWritten(JsonNode value) {
    boolean isCall =
        value.size() == 1 && value.isObject() && value.fieldNames().next().startsWith("Fn::");
    boolean isReference = value.isTextual() && value.textValue().contains("{{");
    return !value.isMissingNode() && !value.isNull() && !isCall && !isReference;
  }

  /** Whether nothing in the value is computed. */
  static boolean isAllWritten(JsonNode value) {
    if (!isWritten(value)) {
      return value.isNull() || value.isMissingNode();
    }
    boolean all = true;
    for (JsonNode element : value) {
      all &= isAllWritten(element);
    }
    return all;
  }

  /** What a loop walks. */
  void items(String key) {
    JsonNode value = properties.get(key);
    boolean isList = value.isArray()
        || (value.isTextual()
            && JsonText.parseContainer(value.textValue())
                .filter(JsonNode::isArray)
                .isPresent());
    if (isWritten(value) && !isList) {
      properties.wrongType(key, "a list");
    }
  }

  /** @param value the whole of it, wherever its fields stand */
  void rateControl(String key, JsonNode value) {
    if (value.isObject() && isWritten(value)) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        if (!RateControl.FIELDS.contains(field.getKey())) {
          unknown(
              new Fields(
                  value,
                  properties.at(key),
                  properties.owner() + ", " + key,
                  properties.findings()),
              field.getKey(),
              RateControl.FIELDS);
        }
      }
    }
    if (!value.isMissingNode() && isAllWritten(value)) {
      refused(properties.at(key), () -> RateControl.of(value, 100));
    }
  }

  private void sleep() {
    if (word("Duration").isPresent() && word("EndDate").isPresent()) {
      add(
          Fault.WRONG_VALUE,
          "EndDate",
          "Duration and EndDate exclude each other",
          "keep one of them");
    }
    word("Duration")
        .ifPresent(text -> refused(properties.at("Duration"), () -> Durations.read(text)));
    time("EndDate");
  }

  private void timer() {
    oneOf("Type", List.of("cron", "rate", "at"));
    time("StartDate");
    time("EndDate");
    word("TimeZone")
        .ifPresent(zone -> refused(
            properties.at("TimeZone"),
            () -> Schedule.of("cron", "0 0 0 * * ?", zone, Instant.EPOCH, null)));
    Optional<String> type = word("Type")
        .filter(given -> List.of("cron", "rate", "at").contains(given.toLowerCase(Locale.ROOT)));
    Optional<String> expression = word("Expression");
    if (type.isEmpty() || expression.isEmpty()) {
      return;
    }
    boolean isRate = type.get().equalsIgnoreCase("cron") && isRate(expression.get());
    refused(
        properties.at("Expression"),
        isRate ? "write Type: rate, or a cron expression" : "write it in the form that is expected",
        () -> Schedule.of(type.get(), expression.get(), "", Instant.EPOCH, null));
  }

  private static boolean isRate(String expression) {
    try {
      Schedule.of("rate", expression, "", Instant.EPOCH, null);
      return true;
    } catch (EngineException other) {
      return false;
    }
  }

  private void time(String key) {
    word(key).ifPresent(text -> refused(properties.at(key), () -> Schedule.instant(key, text)));
  }

  private void message(Shape shape) {
    usually("NotifyType", List.of("WebHook", "Mail"));
    boolean isByHook = word("NotifyType").filter("WebHook"::equalsIgnoreCase).isPresent();
    JsonNode hook = properties.get("WebHook");
    if (shape == Shape.NOTIFY && isByHook && hook.isMissingNode()) {
      properties.missing("WebHook");
    }
    if (hook.isObject() && isWritten(hook)) {
      hook(properties.map("WebHook", properties.owner() + ", WebHook"));
    } else if (isWritten(hook)) {
      properties.wrongType("WebHook", "a map");
    }
    if (shape == Shape.APPROVE) {
      approvals();
    }
  }

  private static void hook(Fields hook) {
    List<String> known = List.of("URI", "Headers", "Content");
    for (String key : List.of("URI", "Content")) {
      if (hook.map().properties().stream().noneMatch(e -> e.getKey().equalsIgnoreCase(key))) {
        hook.missing(key);
      }
    }
    hook.map().properties().forEach(entry -> {
      if (known.stream().noneMatch(entry.getKey()::equalsIgnoreCase)) {
        unknown(hook, entry.getKey(), known);
      }
    });
  }

  private void approvals() {
    JsonNode needed = properties.get("MinRequiredApprovals");
    boolean isNone = needed.isTextual() && needed.textValue().isBlank();
    if (isNone || !isWritten(needed)) {
      return;
    }
    int approvals =
        properties.number("MinRequiredApprovals", 1, Integer.MAX_VALUE).orElse(1);
    JsonNode approvers = properties.get("Approvers");
    boolean isKnown = approvers.isArray() && !approvers.isEmpty() && isAllWritten(approvers);
    if (isKnown && approvals > approvers.size()) {
      properties.wrongValue(
          "MinRequiredApprovals", "at most the number of Approvers, " + approvers.size());
    }
  }

  private void filters(JsonNode filters, String pointer) {
    if (filters.isArray()) {
      for (int i = 0; i < filters.size(); i++) {
        filters(filters.path(i), pointer + "/" + i);
      }
    } else if (filters.isObject() && isWritten(filters)) {
      Fields filter =
          new Fields(filters, pointer, properties.owner() + ", Filters", properties.findings());
      if (!filter.says("Type")) {
        filter.missing("Type");
      }
      new WrittenValues(filter, action)
          .oneOf("Type", List.of("ResourceIds", "Tags", "ResourceGroup", "All"));
    }
  }

  private void webRequest() {
    oneOf("Method", WEB_METHODS);
    map("Headers");
    map("Query");
    boolean isRead = word("Method")
        .filter(m -> List.of("GET", "HEAD").contains(m.toUpperCase(Locale.ROOT)))
        .isPresent();
    JsonNode body = properties.get("Body");
    if (isRead && isWritten(body) && !(body.isTextual() && body.textValue().isEmpty())) {
      add(
          Fault.WRONG_VALUE,
          "Body",
          "a " + word("Method").orElse("") + " request carries no Body",
          "use Query, or Method: POST");
    }
    for (String key : List.of("WaitFor", "CheckFor")) {
      JsonNode look = properties.get(key);
      if (look.isObject() && isWritten(look)) {
        comparison(properties.map(key, properties.owner() + ", " + key));
      } else if (isWritten(look) && properties.says(key)) {
        properties.wrongType(key, "a map");
      }
    }
  }

  private static void comparison(Fields look) {
    List<String> known = List.of(
        "Rules", "PropertySelector", "DesiredValues", "NotDesiredValues", "StopRetryValues");
    look.map().fieldNames().forEachRemaining(key -> {
      if (!known.contains(key)) {
        unknown(look, key, known);
      }
    });
    if (look.has("Rules")) {
      return;
    }
    if (!look.has("PropertySelector")) {
      look.missing("Rules or PropertySelector");
    } else if (!look.holds("DesiredValues") && !look.holds("NotDesiredValues")) {
      look.missing("DesiredValues or NotDesiredValues");
    }
  }

  private static void unknown(Fields fields, String key, List<String> known) {
    fields
        .findings()
        .add(
            Fault.UNKNOWN_PROPERTY,
            fields.at(key),
            fields.owner() + " has no property '" + key + "', it is ignored",
            Spelling.suggest(key, fields.absent(known), "remove it"));
  }

  /** A single value that is written out, and not empty. */
  private Optional<String> word(String key) {
    JsonNode value = properties.get(key);
    return isWritten(value) && value.isValueNode()
        ? Optional.of(value.asText().strip()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  private void text(String key) {
    JsonNode value = properties.get(key);
    if (isWritten(value) && value.isContainerNode()) {
      properties.wrongType(key, "text");
    }
  }

  /** A map, or the JSON text of one. */
  private void map(String key) {
    JsonNode value = properties.get(key);
    boolean isMap = value.isObject()
        || (value.isArray() && value.isEmpty())
        || (value.isTextual()
            && (value.textValue().isBlank()
                || JsonText.parseContainer(value.textValue())
                    .filter(parsed -> parsed.isObject() || parsed.isEmpty())
                    .isPresent()));
    if (isWritten(value) && !isMap) {
      properties.wrongType(key, "a map");
    }
  }

  /** A word that the engine itself refuses when it is none of these. */
  private void oneOf(String key, List<String> allowed) {
    oneOf(Fault.WRONG_VALUE, key, allowed);
  }

  /** A word that OOS knows no others of; the engine passes over what it does not know. */
  private void usually(String key, List<String> known) {
    oneOf(Fault.UNKNOWN_VALUE, key, known);
  }

  private void oneOf(Fault fault, String key, List<String> allowed) {
    JsonNode value = properties.get(key);
    Optional<String> word = word(key);
    boolean isWrong = word.isPresent()
        ? allowed.stream().noneMatch(word.get()::equalsIgnoreCase)
        : isWritten(value) && value.isContainerNode();
    if (isWrong) {
      properties
          .findings()
          .add(
              fault,
              properties.at(key),
              properties.owner() + ": " + key + " must be one of " + String.join(", ", allowed)
                  + ", found " + JsonText.brief(value),
              Spelling.meant(word.orElse(""), allowed, "write one of them"));
    }
  }

  private void refused(String pointer, Runnable reading) {
    refused(pointer, "write it in the form that is expected", reading);
  }

  /** What the engine itself says of a value. */
  private void refused(String pointer, String remedy, Runnable reading) {
    try {
      reading.run();
    } catch (EngineException refusal) {
      properties
          .findings()
          .add(
              Fault.WRONG_VALUE, pointer, properties.owner() + ": " + refusal.getMessage(), remedy);
    }
  }

  private void add(Fault fault, String key, String message, String remedy) {
    properties
        .findings()
        .add(fault, properties.at(key), properties.owner() + ": " + message, remedy);
  }
}
