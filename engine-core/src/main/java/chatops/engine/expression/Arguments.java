package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a function was called with. Arguments are evaluated when they are asked for, at most once each, so a function
 * decides what is evaluated at all. Indexes count from 0; messages count from 1.
 */
public final class Arguments {
  private final Function function;
  private final Expression whole;
  private final String pointer;
  private final Scope scope;
  private final List<Expression> expressions;
  private final @Nullable JsonNode[] values;

  Arguments(Function function, Expression argument, String pointer, Scope scope) {
    this.function = function;
    this.pointer = pointer;
    this.scope = scope;
    this.whole = argument;
    this.expressions = function.takesWhole() ? List.of(argument) : split(argument, scope);
    this.values = new @Nullable JsonNode[expressions.size()];
  }

  private List<Expression> split(Expression argument, Scope scope) {
    if (argument instanceof ListOf list) {
      return list.elements();
    }
    JsonNode value = argument.evaluate(scope);
    if (value.isArray()) {
      List<Expression> elements = new ArrayList<>();
      value.forEach(element -> elements.add(new Literal(element)));
      return elements;
    }
    return List.of(new Literal(value));
  }

  /** {@code function} called with a value: a list is the list of arguments. */
  public static JsonNode call(Function function, JsonNode argument) {
    return new Call(function, new Literal(argument), "").evaluate(new EmptyScope());
  }

  void checkCount() {
    int count = expressions.size();
    if (!function.takesWhole() && (count < function.least() || count > function.most())) {
      throw new ExpressionException(
          function.name() + at() + ": takes " + Arity.of(function) + ", found " + count);
    }
  }

  /** The values that the function has asked for. */
  List<JsonNode> evaluated() {
    List<JsonNode> known = new ArrayList<>();
    for (JsonNode value : values) {
      if (value != null) {
        known.add(value);
      }
    }
    return known;
  }

  public int count() {
    return expressions.size();
  }

  /**
   * One entry of a map that is written out as argument {@code index}; nothing else of the map is evaluated. Empty when the
   * argument is no such map.
   */
  public Optional<JsonNode> entry(int index, String key) {
    if (!(expressions.get(index) instanceof MapOf map)) {
      return Optional.empty();
    }
    Expression found = new Literal(com.fasterxml.jackson.databind.node.NullNode.getInstance());
    for (MapOf.Entry entry : map.entries()) {
      if (JsonText.of(entry.key().evaluate(scope), "").equals(key)) {
        found = entry.value();
      }
    }
    return Optional.of(found.evaluate(scope));
  }

  /** The whole argument as one value. */
  public JsonNode whole() {
    return function.takesWhole() ? value(0) : whole.evaluate(scope);
  }

  public JsonNode value(int index) {
    JsonNode known = values[index];
    if (known == null) {
      known = expressions.get(index).evaluate(scope);
      values[index] = known;
    }
    return known;
  }

  /** All arguments, evaluated. */
  public List<JsonNode> values() {
    List<JsonNode> all = new ArrayList<>();
    for (int i = 0; i < count(); i++) {
      all.add(value(i));
    }
    return all;
  }

  /** Text; numbers and booleans as text. */
  public String text(int index) {
    JsonNode value = value(index);
    if (!value.isValueNode() || value.isNull()) {
      throw wrong(index, "text", value);
    }
    return value.asText();
  }

  /** A list, or the JSON text of one. */
  public List<JsonNode> list(int index) {
    return list(index, value(index));
  }

  /** {@code value}, which came from argument {@code index}, as a list. */
  public List<JsonNode> list(int index, JsonNode value) {
    JsonNode list =
        value.isTextual() ? JsonText.parseContainer(value.textValue()).orElse(value) : value;
    if (!list.isArray()) {
      throw wrong(index, "a list", value);
    }
    List<JsonNode> elements = new ArrayList<>();
    list.forEach(elements::add);
    return elements;
  }

  /** A map, or the JSON text of one. */
  public JsonNode map(int index) {
    JsonNode value = value(index);
    JsonNode map =
        value.isTextual() ? JsonText.parseContainer(value.textValue()).orElse(value) : value;
    if (!map.isObject()) {
      throw wrong(index, "a map", value);
    }
    return map;
  }

  /** A number, or the text of one. */
  public BigDecimal number(int index) {
    JsonNode value = value(index);
    Optional<JsonNode> number =
        value.isTextual() ? JsonText.parse(value.textValue()) : Optional.of(value);
    return number
        .filter(JsonNode::isNumber)
        .map(JsonNode::decimalValue)
        .orElseThrow(() -> wrong(index, "a number", value));
  }

  /** A whole number that fits an {@code int}. */
  public int integer(int index) {
    try {
      return number(index).intValueExact();
    } catch (ArithmeticException notWhole) {
      throw wrong(index, "a whole number", value(index));
    }
  }

  public boolean truth(int index) {
    try {
      return Truth.of(value(index));
    } catch (ExpressionException notBoolean) {
      throw wrong(index, "true or false", value(index));
    }
  }

  /** The jq program at {@link Function#script()}, run on {@code input}. */
  public List<JsonNode> runScript(JsonNode input) {
    int index = function.script();
    if (expressions.get(index) instanceof Script script) {
      try {
        return script.run(input, scope);
      } catch (ExpressionException failed) {
        throw failed(index, failed.getMessage(), failed);
      }
    }
    throw new ExpressionException(function.name() + at() + " argument " + (index + 1)
        + ": the program must be written in the call");
  }

  /** The scope the call is evaluated in. */
  public Scope scope() {
    return scope;
  }

  public ExpressionException wrong(int index, String expected, JsonNode found) {
    return failed(index, "expected " + expected + ", found " + JsonText.described(found), null);
  }

  public ExpressionException failed(
      int index, @Nullable String message, @Nullable Throwable cause) {
    String text = function.name() + at() + " argument " + (index + 1) + ": " + message;
    return cause == null ? new ExpressionException(text) : new ExpressionException(text, cause);
  }

  private String at() {
    return pointer.isEmpty() ? "" : " at " + pointer;
  }
}
