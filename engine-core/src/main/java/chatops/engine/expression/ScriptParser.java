package chatops.engine.expression;

import chatops.engine.expression.Pieces.Piece;
import chatops.engine.jq.Jq;
import chatops.engine.jq.JqException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compiles jq programs that stand in a template: selectors and the scripts of Fn::Jq. */
final class ScriptParser {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  private final ExpressionParser expressions;
  private final ReferenceParser references;
  private final Jq jq;
  private final Faults faults;

  ScriptParser(ExpressionParser expressions, ReferenceParser references, Jq jq, Faults faults) {
    this.expressions = expressions;
    this.references = references;
    this.jq = jq;
    this.faults = faults;
  }

  /** The script of Fn::Jq. A parameter or a function may supply it whole. */
  Expression script(JsonNode value, String pointer) {
    if (value.isTextual()) {
      Pieces pieces = expressions.pieces(value.textValue(), pointer);
      if (pieces.isWholeReference()
          && references.isParameter(pieces.all().get(0).text())) {
        return new ComputedScript(expressions.value(value, pointer), jq);
      }
      return fixed(pieces, Map.of(), pointer, false);
    }
    if (value.isObject()) {
      return substituted(value, pointer, false)
          .orElseGet(() -> new ComputedScript(expressions.value(value, pointer), jq));
    }
    faults.add(
        Fault.FUNCTION_ARGUMENTS,
        pointer,
        "a jq program must be text, found " + JsonText.typeOf(value),
        "write the program as text");
    return new Literal(NullNode.getInstance());
  }

  Selector selector(JsonNode value, String pointer) {
    if (value.isTextual()) {
      Pieces pieces = expressions.pieces(value.textValue(), pointer);
      if (pieces.isWholeReference()) {
        return whole(pieces.all().get(0).text(), pointer);
      }
      return fixed(pieces, Map.of(), pointer, true)::run;
    }
    if (value.isObject()) {
      Optional<Script> script = substituted(value, pointer, true);
      return script.isPresent() ? script.get()::run : chosen(value, pointer);
    }
    faults.add(
        Fault.WRONG_TYPE,
        pointer,
        "a selector must be text, found " + JsonText.typeOf(value),
        "write a jq program as text, e.g. .RequestId");
    return (input, scope) -> List.of();
  }

  /** A parameter supplies the selector; anything else supplies the value itself. */
  private Selector whole(String reference, String pointer) {
    Expression value = references.parse(reference, pointer);
    if (!references.isParameter(reference)) {
      return (input, scope) -> List.of(value.evaluate(scope));
    }
    return (input, scope) -> computed(value.evaluate(scope), input);
  }

  private List<JsonNode> computed(JsonNode text, JsonNode input) {
    if (!text.isTextual()) {
      return List.of(text);
    }
    try {
      return jq.selector(text.textValue()).run(input, Map.of());
    } catch (JqException failed) {
      throw new ExpressionException(String.valueOf(failed.getMessage()), failed);
    }
  }

  /**
   * A function other than Fn::Sub in place of a selector. Its result is a selector only when the template spells it out in
   * one of the function's arguments; any other result is the value, so data cannot become a program.
   */
  private Selector chosen(JsonNode call, String pointer) {
    Set<String> written = new HashSet<>();
    collectText(call, written);
    Expression value = expressions.value(call, pointer);
    return (input, scope) -> {
      JsonNode result = value.evaluate(scope);
      boolean isSelector = result.isTextual() && written.contains(result.textValue());
      return isSelector ? computed(result, input) : List.of(result);
    };
  }

  private static void collectText(JsonNode value, Set<String> texts) {
    if (value.isTextual() && !value.textValue().contains("{{")) {
      texts.add(value.textValue());
    }
    value.forEach(element -> collectText(element, texts));
  }

  /** {@code Fn::Sub: [text, {name: value}]} with literal text: {@code ${name}} is treated as a reference is. */
  private Optional<Script> substituted(JsonNode call, String pointer, boolean selector) {
    JsonNode arguments = call.path("Fn::Sub");
    if (call.size() != 1
        || arguments.size() != 2
        || !arguments.path(0).isTextual()
        || !arguments.path(1).isObject()) {
      return Optional.empty();
    }
    Pieces pieces = expressions.pieces(arguments.path(0).textValue(), pointer);
    Map<String, Expression> variables = new java.util.HashMap<>();
    arguments
        .path(1)
        .properties()
        .forEach(variable -> variables.put(
            variable.getKey(),
            expressions.value(
                variable.getValue(),
                pointer + "/Fn::Sub/1/" + Pointers.escape(variable.getKey()))));
    return Optional.of(fixed(pieces, variables, pointer, selector));
  }

  private Script fixed(
      Pieces pieces, Map<String, Expression> variables, String pointer, boolean selector) {
    try {
      ScriptText text = new ScriptText();
      for (Piece piece : pieces.all()) {
        if (piece.isReference()) {
          text.reference(references.parse(piece.text(), pointer));
        } else {
          literal(text, piece.text(), variables);
        }
      }
      return text.compile(jq, selector);
    } catch (JqException notJq) {
      faults.add(
          Fault.INVALID_SELECTOR,
          pointer,
          String.valueOf(notJq.getMessage()),
          "correct the jq program; try it with the jq command");
      return new ComputedScript(new Literal(TextNode.valueOf("empty")), jq);
    }
  }

  private static void literal(ScriptText script, String text, Map<String, Expression> variables) {
    Matcher matcher = VARIABLE.matcher(text);
    int at = 0;
    while (matcher.find()) {
      Optional<Expression> value = Optional.ofNullable(variables.get(matcher.group(1)));
      if (value.isPresent()) {
        script.literal(text.substring(at, matcher.start())).reference(value.get());
        at = matcher.end();
      }
    }
    script.literal(text.substring(at));
  }
}
