package chatops.local.rehearsal.reading;

import chatops.local.rehearsal.jq.Term;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Walks a jq program over forms instead of values: what it reads becomes part of them. */
final class SelectorReading {
  private final Map<String, Form> variables;
  private final Map<String, Term.Def> definitions;

  SelectorReading(Map<String, Form> variables) {
    this(variables, Map.of());
  }

  private SelectorReading(Map<String, Form> variables, Map<String, Term.Def> definitions) {
    this.variables = variables;
    this.definitions = definitions;
  }

  private SelectorReading with(List<String> names, Form value) {
    Map<String, Form> more = new HashMap<>(variables);
    names.forEach(name -> more.put(name, names.size() == 1 ? value : new Form(name)));
    return new SelectorReading(more, definitions);
  }

  private SelectorReading with(Term.Def definition) {
    Map<String, Term.Def> more = new HashMap<>(definitions);
    more.put(definition.name(), definition);
    return new SelectorReading(variables, more);
  }

  /** The results of {@code term} for one input. */
  List<Form> read(Term term, Form input) {
    if (term instanceof Term.Identity) {
      return List.of(input);
    } else if (term instanceof Term.Literal literal) {
      return List.of(Form.known(literal.value()));
    } else if (term instanceof Term.At at) {
      return at(at, input);
    } else if (term instanceof Term.Each each) {
      return read(each.of(), input).stream().map(Form::each).toList();
    } else if (term instanceof Term.Slice slice) {
      return read(slice.of(), input);
    } else if (term instanceof Term.Variable variable) {
      return List.of(variables.getOrDefault(variable.name(), new Form(variable.name())));
    } else if (term instanceof Term.Pipe pipe) {
      List<Form> results = new ArrayList<>();
      read(pipe.left(), input).forEach(form -> results.addAll(read(pipe.right(), form)));
      return results;
    } else if (term instanceof Term.Comma comma) {
      List<Form> results = new ArrayList<>(read(comma.left(), input));
      results.addAll(read(comma.right(), input));
      return results;
    } else if (term instanceof Term.Try attempt) {
      return read(attempt.of(), input);
    } else if (term instanceof Term.Operation operation) {
      return operation(operation, input);
    } else if (term instanceof Term.ListOf list) {
      List<Form> content = list.content() == null ? List.of() : read(list.content(), input);
      return List.of(Form.listOf(content.isEmpty() ? null : content.get(0)));
    } else {
      return building(term, input);
    }
  }

  private List<Form> building(Term term, Form input) {
    if (term instanceof Term.Text text) {
      return List.of(text(text, input));
    } else if (term instanceof Term.MapOf map) {
      Form form = Form.of(Form.Kind.MAP);
      for (Map.Entry<Term, Term> entry : map.entries()) {
        Form value = first(entry.getValue(), input);
        Form key = first(entry.getKey(), input);
        key.known()
            .ifPresentOrElse(name -> form.put(name.asText(), value), () -> form.keyedBy(key));
      }
      return List.of(form);
    } else if (term instanceof Term.If branch) {
      return List.of(branch(branch, input));
    } else if (term instanceof Term.As as) {
      return with(as.names(), first(as.source(), input)).read(as.body(), input);
    } else if (term instanceof Term.Fold fold) {
      Form start = first(fold.start(), input);
      SelectorReading inner = with(fold.names(), first(fold.source(), input));
      List<Form> updated = inner.read(fold.update(), start);
      return fold.extract() == null || updated.isEmpty()
          ? updated
          : inner.read(fold.extract(), updated.get(0));
    } else if (term instanceof Term.Def definition) {
      return with(definition).read(definition.body(), input);
    } else if (term instanceof Term.Call call) {
      Term.Def own = definitions.get(call.name());
      return own == null
          ? new BuiltinReading(this, call, input).results()
          : without(own).read(own.content(), input);
    }
    return List.of();
  }

  /** What a function says once is read once, however often it calls itself. */
  private SelectorReading without(Term.Def own) {
    Map<String, Term.Def> fewer = new HashMap<>(definitions);
    fewer.remove(own.name());
    return new SelectorReading(variables, fewer);
  }

  /** The first result; something unknown when there is none. */
  Form first(Term term, Form input) {
    List<Form> results = read(term, input);
    return results.isEmpty() ? new Form("") : results.get(0);
  }

  private List<Form> at(Term.At at, Form input) {
    List<Form> results = new ArrayList<>();
    for (Form of : read(at.of(), input)) {
      for (Form key : read(at.key(), input)) {
        JsonNode known = key.known().orElse(null);
        if (known == null) {
          boolean isName = key.reference().isPresent() && of.kind() != Form.Kind.LIST;
          results.add(isName ? of.entry(key) : of.each());
        } else if (known.isNumber()) {
          results.add(of.at(known.asInt()));
        } else {
          results.add(of.field(known.asText()));
        }
      }
    }
    return results;
  }

  private Form text(Term.Text text, Form input) {
    List<Term> said = text.parts().stream().filter(part -> !isEmpty(part)).toList();
    if (said.size() == 1) {
      return first(said.get(0), input);
    }
    StringBuilder whole = new StringBuilder();
    boolean isKnown = true;
    for (Term part : text.parts()) {
      Form form = first(part, input);
      isKnown &= form.known().isPresent();
      form.known().ifPresent(value -> whole.append(value.asText()));
    }
    return isKnown ? Form.known(TextNode.valueOf(whole.toString())) : Form.of(Form.Kind.TEXT);
  }

  private static boolean isEmpty(Term part) {
    return part instanceof Term.Literal literal && literal.value().asText("x").isEmpty();
  }

  private Form branch(Term.If branch, Form input) {
    Form condition = first(branch.condition(), input);
    Form then = first(branch.then(), input);
    Form otherwise = first(branch.otherwise(), input);
    Comparison.truth(condition, true, Force.MAY);
    return either(condition, then, otherwise);
  }

  /** One of two values; a wish for a value decides which. */
  static Form either(Form condition, Form then, Form otherwise) {
    return Form.computed(then.known().isPresent() ? otherwise : then, (value, equal, force) -> {
      boolean thenFits = then.known().map(known -> known.equals(value) == equal).orElse(true);
      boolean otherwiseFits =
          otherwise.known().map(known -> known.equals(value) == equal).orElse(true);
      if (thenFits && (then.known().isPresent() || !otherwiseFits)) {
        Comparison.truth(condition, true, force);
      } else if (otherwiseFits && (otherwise.known().isPresent() || !thenFits)) {
        Comparison.truth(condition, false, force);
      }
      Form open = thenFits && then.known().isEmpty() ? then : otherwise;
      if (equal) {
        open.wish(value, force);
      } else {
        open.refuse(value, force);
      }
    });
  }

  private List<Form> operation(Term.Operation operation, Form input) {
    Form left = first(operation.left(), input);
    Form right = first(operation.right(), input);
    return List.of(
        switch (operation.operator()) {
          case "==", "!=", "<", "<=", ">", ">=" -> Comparison.of(operation.operator(), left, right);
          case "and" -> Comparison.and(left, right);
          case "or" -> Comparison.or(left, right);
          case "//" -> left;
          case "+" -> sum(left, right);
          case "-", "*", "/", "%" -> number(left, right);
          default -> input;
        });
  }

  private static Form sum(Form left, Form right) {
    for (Form form : List.of(left, right)) {
      Form.Kind kind = form.known().map(SelectorReading::kind).orElse(form.kind());
      if (kind != Form.Kind.ANY) {
        left.as(kind);
        right.as(kind);
      }
    }
    return Form.computed(left.known().isPresent() ? right : left, (value, equal, force) -> {});
  }

  private static Form number(Form left, Form right) {
    boolean isList = left.kind() == Form.Kind.LIST || left.kind() == Form.Kind.TEXT;
    if (!isList) {
      left.as(Form.Kind.NUMBER);
      right.as(Form.Kind.NUMBER);
    }
    return Form.computed(left, (value, equal, force) -> {});
  }

  static Form.Kind kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> Form.Kind.MAP;
      case ARRAY -> Form.Kind.LIST;
      case STRING -> Form.Kind.TEXT;
      case NUMBER -> Form.Kind.NUMBER;
      case BOOLEAN -> Form.Kind.BOOLEAN;
      default -> Form.Kind.ANY;
    };
  }
}
