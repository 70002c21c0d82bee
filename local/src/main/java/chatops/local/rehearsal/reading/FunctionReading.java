package chatops.local.rehearsal.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/** What a function call of a template reads of its arguments. */
final class FunctionReading {
  private final ValueReading values;

  FunctionReading(ValueReading values) {
    this.values = values;
  }

  Form call(String name, JsonNode argument) {
    return switch (name) {
      case "Fn::Equals" -> Comparison.of("==", form(argument, 0), form(argument, 1));
      case "Fn::Not" -> Comparison.not(condition(argument.isArray() ? argument.path(0) : argument));
      case "Fn::And" -> joined(argument, true);
      case "Fn::Or" -> joined(argument, false);
      case "Fn::If" -> branch(argument);
      case "Fn::Jq" -> jq(argument);
      case "Fn::Select" -> selected(argument);
      case "Fn::Split" -> {
        form(argument, 1).as(Form.Kind.TEXT);
        yield Form.listOf(Form.of(Form.Kind.TEXT));
      }
      case "Fn::Join" -> {
        elements(argument.path(1));
        yield Form.of(Form.Kind.TEXT);
      }
      case "Fn::Base64Decode" -> held(only(argument));
      case "Fn::Base64Encode" -> Form.holding(Form.Encoding.BASE64, only(argument));
      case "Fn::MergeList" -> merged(only(argument));
      case "Fn::First", "Fn::Last", "Fn::Min", "Fn::Max", "Fn::Sum" ->
        only(argument).each();
      case "Fn::RangeSelect" -> form(argument, 2);
      case "Fn::Intersection", "Fn::Union", "Fn::Difference" -> {
        form(argument, 1).each();
        form(argument, 0).each();
        yield form(argument, 0);
      }
      case "Fn::ListJoin" -> Form.listOf(form(argument, 0));
      case "Fn::MergeMapToList" -> Form.listOf(rows(argument));
      case "Fn::AddHour", "Fn::FormatUTCTime" -> {
        form(argument, 0).wish(TIME, Force.MAY);
        form(argument, 1);
        yield Form.of(Form.Kind.TEXT);
      }
      case "Fn::CalculateBatch" -> {
        form(argument, 0).as(Form.Kind.NUMBER);
        form(argument, 1).each();
        yield Form.listOf(Form.of(Form.Kind.NUMBER));
      }
      case "Fn::ContainsSubString" -> {
        Form text = form(argument, 0).as(Form.Kind.TEXT);
        Form part = form(argument, 1);
        yield Comparison.condition((wanted, force) -> {
          if (wanted) {
            part.known().ifPresent(known -> text.wish(known, force));
          }
        });
      }
      case "Fn::Replace", "Fn::Sub", "Fn::Escape", "Fn::DurationBetween" -> {
        elements(argument);
        yield Form.of(Form.Kind.TEXT);
      }
      default -> {
        elements(argument);
        yield new Form("");
      }
    };
  }

  private static final JsonNode ALL = JsonNodeFactory.instance.textNode(".");
  private static final JsonNode TIME = JsonNodeFactory.instance.textNode("2026-01-01T00:00:00Z");

  private Form form(JsonNode argument, int index) {
    return values.value(argument.path(index).isMissingNode() ? argument : argument.path(index));
  }

  private Form only(JsonNode argument) {
    return values.value(argument.isArray() && argument.size() == 1 ? argument.path(0) : argument);
  }

  private List<Form> elements(JsonNode argument) {
    List<Form> forms = new ArrayList<>();
    if (argument.isArray()) {
      argument.forEach(each -> forms.add(values.value(each)));
    } else {
      forms.add(values.value(argument));
    }
    return forms;
  }

  private Form condition(JsonNode raw) {
    return values.condition(raw);
  }

  private Form joined(JsonNode argument, boolean isAnd) {
    Form whole = condition(argument.path(0));
    for (int i = 1; i < argument.size(); i++) {
      Form more = condition(argument.path(i));
      whole = isAnd ? Comparison.and(whole, more) : Comparison.or(whole, more);
    }
    return whole;
  }

  private Form branch(JsonNode argument) {
    Form condition = condition(argument.path(0));
    Comparison.truth(condition, true, Force.MAY);
    return SelectorReading.either(condition, form(argument, 1), form(argument, 2));
  }

  private Form jq(JsonNode argument) {
    Form input = form(argument, 2);
    JsonNode script = argument.path(1);
    if (!script.isTextual()) {
      values.value(script).wish(ALL, Force.MUST);
      return new Form("");
    }
    Form program = values.value(script);
    if (script.textValue().strip().startsWith("{{") && program.meant() != program) {
      program.wish(ALL, Force.MUST);
    }
    List<Form> found = values.select(script.textValue(), input, false);
    boolean isAll = argument.path(0).asText().equals("All");
    Form first = found.isEmpty() ? new Form("") : found.get(0);
    return isAll ? Form.listOf(found.isEmpty() ? null : first) : first;
  }

  private Form selected(JsonNode argument) {
    Form key = form(argument, 0);
    Form from = form(argument, 1);
    JsonNode known = key.known().orElse(null);
    if (known == null) {
      from.known()
          .filter(JsonNode::isObject)
          .ifPresent(table -> table
              .fieldNames()
              .forEachRemaining(
                  each -> key.wish(JsonNodeFactory.instance.textNode(each), Force.MAY)));
      return from.each();
    }
    boolean isIndex = known.isNumber() || known.asText().matches("-?\\d+");
    return isIndex ? from.at(known.asInt()) : from.field(known.asText());
  }

  private static Form held(Form text) {
    return text.held(Form.Encoding.BASE64);
  }

  private static Form merged(Form lists) {
    Form each = lists.each();
    return each.kind() == Form.Kind.LIST ? each : lists;
  }

  private Form rows(JsonNode argument) {
    Form row = Form.of(Form.Kind.MAP);
    for (JsonNode column : argument) {
      column
          .properties()
          .forEach(
              entry -> row.put(entry.getKey(), values.value(entry.getValue()).each()));
    }
    return row;
  }
}
