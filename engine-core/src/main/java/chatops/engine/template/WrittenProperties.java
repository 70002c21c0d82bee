package chatops.engine.template;

import chatops.engine.EngineException;
import chatops.engine.expression.Fault;
import chatops.engine.schedule.Durations;
import chatops.engine.schedule.Schedule;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Properties that are written out, held against what the action will make of them: what would fail when the task is reached is
 * told before anything runs.
 */
record WrittenProperties(Fields properties, WrittenValues values) {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

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

  WrittenProperties(Fields properties) {
    this(properties, new WrittenValues(properties));
  }

  void check(Shape shape) {
    switch (shape) {
      case EXECUTE_API, WAIT_FOR, CHECK_FOR -> {
        values.text("Service");
        values.text("API");
        values.map("Parameters");
        values.map("Headers");
        values.usually("Method", METHODS);
        values.usually("Risk", List.of("Normal", "High"));
        values.usually("AutoPaging", List.of("true", "false"));
      }
      case SLEEP -> sleep();
      case TIMER_TRIGGER -> timer();
      case ALARM_TRIGGER -> values.usually("ComparisonOperator", ALARM_OPERATORS);
      case NOTIFY, APPROVE -> message(shape);
      case SELECT_TARGETS -> filters(properties.get("Filters"), properties.at("Filters"));
      case TEMPLATE -> values.map("Parameters");
      case LOOP -> {
        values.items("LoopItems");
        values.rateControl("LoopRateControl", properties.get("LoopRateControl"));
      }
      case EXECUTE_HTTP_REQUEST -> webRequest();
      default -> {}
    }
  }

  private void sleep() {
    if (values.word("Duration").isPresent() && values.word("EndDate").isPresent()) {
      values.add(
          Fault.WRONG_VALUE,
          "EndDate",
          "Duration and EndDate exclude each other",
          "keep one of them");
    }
    values
        .word("Duration")
        .ifPresent(text -> values.refused(properties.at("Duration"), () -> Durations.read(text)));
    values.time("EndDate");
  }

  private void timer() {
    values.oneOf("Type", List.of("cron", "rate", "at"));
    values.time("StartDate");
    values.time("EndDate");
    values
        .word("TimeZone")
        .ifPresent(zone -> values.refused(
            properties.at("TimeZone"),
            () -> Schedule.of("cron", "0 0 0 * * ?", zone, Instant.EPOCH, null)));
    Optional<String> type = values
        .word("Type")
        .filter(given -> List.of("cron", "rate", "at").contains(given.toLowerCase(Locale.ROOT)));
    Optional<String> expression = values.word("Expression");
    if (type.isEmpty() || expression.isEmpty()) {
      return;
    }
    boolean isRate = type.get().equalsIgnoreCase("cron") && isRate(expression.get());
    values.refused(
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

  private void message(Shape shape) {
    values.usually("NotifyType", List.of("WebHook", "Mail"));
    boolean isByHook =
        values.word("NotifyType").filter("WebHook"::equalsIgnoreCase).isPresent();
    JsonNode hook = properties.get("WebHook");
    if (shape == Shape.NOTIFY && isByHook && hook.isMissingNode()) {
      properties.missing("WebHook");
    }
    if (hook.isObject() && WrittenValues.isWritten(hook)) {
      hook(properties.map("WebHook", properties.owner() + ", WebHook"));
    } else if (WrittenValues.isWritten(hook)) {
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
        WrittenValues.unknown(hook, entry.getKey(), known);
      }
    });
  }

  private void approvals() {
    JsonNode needed = properties.get("MinRequiredApprovals");
    boolean isNone = needed.isTextual() && needed.textValue().isBlank();
    if (isNone || !WrittenValues.isWritten(needed)) {
      return;
    }
    int approvals =
        properties.number("MinRequiredApprovals", 1, Integer.MAX_VALUE).orElse(1);
    JsonNode approvers = properties.get("Approvers");
    boolean isKnown =
        approvers.isArray() && !approvers.isEmpty() && WrittenValues.isAllWritten(approvers);
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
    } else if (filters.isObject() && WrittenValues.isWritten(filters)) {
      Fields filter =
          new Fields(filters, pointer, properties.owner() + ", Filters", properties.findings());
      if (!filter.says("Type")) {
        filter.missing("Type");
      }
      new WrittenValues(filter)
          .oneOf("Type", List.of("ResourceIds", "Tags", "ResourceGroup", "All"));
    }
  }

  private void webRequest() {
    values.oneOf("Method", Task.WEB_METHODS);
    values.map("Headers");
    values.map("Query");
    boolean isRead = values
        .word("Method")
        .filter(m -> List.of("GET", "HEAD").contains(m.toUpperCase(Locale.ROOT)))
        .isPresent();
    JsonNode body = properties.get("Body");
    if (isRead
        && WrittenValues.isWritten(body)
        && !(body.isTextual() && body.textValue().isEmpty())) {
      values.add(
          Fault.WRONG_VALUE,
          "Body",
          "a " + values.word("Method").orElse("") + " request carries no Body",
          "use Query, or Method: POST");
    }
    for (String key : List.of("WaitFor", "CheckFor")) {
      JsonNode look = properties.get(key);
      if (look.isObject() && WrittenValues.isWritten(look)) {
        comparison(properties.map(key, properties.owner() + ", " + key));
      } else if (WrittenValues.isWritten(look) && properties.says(key)) {
        properties.wrongType(key, "a map");
      }
    }
  }

  private static void comparison(Fields look) {
    List<String> known = List.of(
        "Rules", "PropertySelector", "DesiredValues", "NotDesiredValues", "StopRetryValues");
    look.map().fieldNames().forEachRemaining(key -> {
      if (!known.contains(key)) {
        WrittenValues.unknown(look, key, known);
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
}
