package chatops.local.rehearsal.reading;

import chatops.local.rehearsal.jq.Term;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What one call of a built-in jq function reads of its input. */
final class BuiltinReading {
  private final SelectorReading reading;
  private final Term.Call call;
  private final Form input;

  BuiltinReading(SelectorReading reading, Term.Call call, Form input) {
    this.reading = reading;
    this.call = call;
    this.input = input;
  }

  List<Form> results() {
    return switch (call.name()) {
      case "select" -> {
        Comparison.truth(argument(0), true, Force.SOME);
        yield List.of(input);
      }
      case "map", "map_values" -> {
        List<Form> mapped = reading.read(call.arguments().get(0), input.each());
        yield List.of(Form.listOf(mapped.isEmpty() ? null : mapped.get(0)));
      }
      case "empty", "error" -> List.of();
      case "any", "all" -> List.of(quantified());
      case "length" -> List.of(length());
      case "not" -> List.of(Comparison.not(input));
      case "test", "contains", "startswith", "endswith", "index", "inside", "in", "has" ->
        List.of(question());
      default -> List.of(value());
    };
  }

  private Form argument(int index) {
    return index < call.arguments().size()
        ? reading.first(call.arguments().get(index), input)
        : new Form("");
  }

  private Form over(int index, Form of) {
    return index < call.arguments().size() ? reading.first(call.arguments().get(index), of) : of;
  }

  private Form quantified() {
    Form each = switch (call.arguments().size()) {
      case 0 -> input.each();
      case 1 -> over(0, input.each());
      default -> over(1, argument(0));
    };
    return Comparison.condition((wanted, force) -> Comparison.truth(each, wanted, force));
  }

  private Form length() {
    return Form.computed(Form.Kind.NUMBER, (value, equal, force) -> {
      int size = value.asInt() + (equal ? 0 : 1);
      if (input.kind() != Form.Kind.TEXT && size >= 0 && size < 100) {
        input.each();
        input.wish(ofSize(size), force);
      }
    });
  }

  /** A list of so many nulls stands for any list of that size. */
  private static JsonNode ofSize(int size) {
    var list = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < size; i++) {
      list.addNull();
    }
    return list;
  }

  private Form question() {
    Form argument = argument(0);
    return switch (call.name()) {
      case "test" -> {
        input.as(Form.Kind.TEXT);
        yield Comparison.condition((wanted, force) -> {
          if (wanted) {
            pattern(argument);
          }
        });
      }
      case "has" -> {
        argument.known().filter(JsonNode::isTextual).ifPresent(key -> input.field(key.asText()));
        yield Comparison.condition((wanted, force) -> {});
      }
      case "in" ->
        Comparison.condition((wanted, force) -> {
          if (wanted) {
            argument.keys().sameAs(input);
          }
        });
      case "inside" ->
        Comparison.condition((wanted, force) -> {
          if (wanted) {
            argument.known().map(list -> list.path(0)).ifPresent(one -> input.wish(one, force));
          }
        });
      case "index" ->
        Form.computed(Form.Kind.NUMBER, (value, equal, force) -> {
          if (equal && value.isNumber() && value.asInt() >= 0) {
            holds(argument, force);
          }
        });
      default ->
        Comparison.condition((wanted, force) -> {
          if (wanted) {
            holds(argument, force);
          }
        });
    };
  }

  private void holds(Form part, Force force) {
    JsonNode known = part.known().orElse(null);
    if (known == null) {
      if (input.kind() == Form.Kind.LIST) {
        input.each().sameAs(part);
      } else {
        input.sameAs(part);
      }
    } else if (known.isArray()) {
      known.forEach(one -> input.each().wish(one, force));
    } else if (input.kind() == Form.Kind.LIST) {
      input.each().wish(known, force);
    } else {
      input.wish(known, force);
    }
  }

  private void pattern(Form argument) {
    argument.known().ifPresent(text -> {
      try {
        Pattern looked = Pattern.compile(text.asText());
        input.matching(looked);
      } catch (PatternSyntaxException foreign) {
        // Oniguruma knows more than Java; the value stays as it is
        input.as(Form.Kind.TEXT);
      }
    });
  }

  private Form value() {
    return switch (call.name()) {
      case "tonumber" -> input.numeric();
      case "floor", "ceil", "sqrt", "round", "fabs" -> input.as(Form.Kind.NUMBER);
      case "tostring",
          "values",
          "recurse",
          "ascii_downcase",
          "ascii_upcase",
          "ltrimstr",
          "rtrimstr" -> input;
      case "fromjson" -> input.held(Form.Encoding.JSON);
      case "tojson" -> Form.holding(Form.Encoding.JSON, input);
      case "@base64d" -> input.held(Form.Encoding.BASE64);
      case "@base64" -> Form.holding(Form.Encoding.BASE64, input);
      case "sort", "unique", "reverse", "flatten" -> {
        input.each();
        yield input;
      }
      case "sort_by", "unique_by", "min_by", "max_by" -> {
        over(0, input.each());
        yield call.name().startsWith("m") ? input.each() : input;
      }
      case "group_by" -> {
        over(0, input.each());
        yield Form.listOf(input);
      }
      case "first", "last" -> call.arguments().isEmpty() ? input.each() : argument(0);
      case "nth", "limit" -> over(call.arguments().size() - 1, input);
      case "add", "min", "max" -> input.each();
      case "del", "delpaths" -> {
        argument(0);
        yield input;
      }
      case "join" -> {
        input.each().as(Form.Kind.TEXT);
        yield Form.of(Form.Kind.TEXT);
      }
      case "split", "splits" -> {
        input.as(Form.Kind.TEXT);
        yield Form.listOf(Form.of(Form.Kind.TEXT));
      }
      case "scan", "match", "capture" -> {
        pattern(argument(0));
        yield call.name().equals("scan") ? Form.of(Form.Kind.TEXT) : new Form("");
      }
      case "to_entries" -> entries();
      case "with_entries" -> {
        over(0, entries().each());
        yield input;
      }
      case "from_entries" -> {
        input.each();
        yield Form.of(Form.Kind.MAP);
      }
      case "getpath" -> {
        Form at = input;
        for (JsonNode key : argument(0).known().orElse(JsonNodeFactory.instance.arrayNode())) {
          at = key.isNumber() ? at.each() : at.field(key.asText());
        }
        yield at;
      }
      case "range" -> Form.of(Form.Kind.NUMBER);
      default -> {
        for (int i = 0; i < call.arguments().size(); i++) {
          argument(i);
        }
        yield new Form(call.name());
      }
    };
  }

  private Form entries() {
    Form entry = Form.of(Form.Kind.MAP);
    entry.put("key", Form.of(Form.Kind.TEXT));
    entry.put("value", input.as(Form.Kind.MAP).each());
    return Form.listOf(entry);
  }
}
