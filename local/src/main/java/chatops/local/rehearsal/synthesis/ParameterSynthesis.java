package chatops.local.rehearsal.synthesis;

import chatops.engine.template.Parameter;
import chatops.local.rehearsal.reading.Force;
import chatops.local.rehearsal.reading.Form;
import chatops.local.rehearsal.reading.MadeUpText;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values for parameters nobody gave: what the declaration allows, and of that, what the template reads. */
public final class ParameterSynthesis {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[A-Za-z]+}");

  private final MadeUpText texts;
  private final AssociatedValues associated;

  public ParameterSynthesis(String region) {
    this.texts = new MadeUpText(region);
    this.associated = new AssociatedValues(region);
  }

  /**
   * Values in the order they should be tried; empty stands for the default of the declaration.
   *
   * @param declaration as authored
   * @param form what the template reads of the parameter
   */
  public List<Optional<JsonNode>> possible(Parameter parameter, JsonNode declaration, Form form) {
    List<Optional<JsonNode>> values = new ArrayList<>();
    Optional<JsonNode> associatedValue = associated.of(declaration);
    JsonNode defaulted = declaration.path("Default");
    boolean hasDefault = parameter.defaultValue() != null && !isPlaceholder(defaulted);
    boolean isHollow = associatedValue.isPresent() && AssociatedValues.isHollow(declaration);
    if (hasDefault && !isHollow) {
      values.add(Optional.empty());
    }
    if (parameter.allowedValues().isEmpty()) {
      associatedValue.ifPresent(value -> add(values, parameter, value));
    }
    for (Force force : Force.values()) {
      form.wishes(force).forEach(value -> add(values, parameter, value));
    }
    parameter.allowedValues().forEach(value -> add(values, parameter, listed(parameter, value)));
    if (values.isEmpty() || values.equals(List.of(Optional.<JsonNode>empty()))) {
      add(values, parameter, plain(parameter, form, declaration));
    }
    if (parameter.type() == Parameter.Type.BOOLEAN) {
      add(values, parameter, JSON.booleanNode(true));
      add(values, parameter, JSON.booleanNode(false));
    }
    if (parameter.type() == Parameter.Type.STRING) {
      add(values, parameter, TextNode.valueOf("1"));
      add(values, parameter, plain(parameter, form, declaration));
    }
    if (hasDefault && isHollow) {
      values.add(Optional.empty());
    }
    return values;
  }

  private static boolean isPlaceholder(JsonNode defaulted) {
    JsonNode one = defaulted.isArray() && defaulted.size() == 1 ? defaulted.path(0) : defaulted;
    return one.isTextual() && PLACEHOLDER.matcher(one.textValue().strip()).matches();
  }

  private static JsonNode listed(Parameter parameter, JsonNode value) {
    return parameter.type() == Parameter.Type.LIST && !value.isArray()
        ? JSON.arrayNode().add(value)
        : value;
  }

  private static void add(List<Optional<JsonNode>> values, Parameter parameter, JsonNode value) {
    Optional<JsonNode> possible = Optional.of(value);
    if (!values.contains(possible) && Allowance.allows(parameter, value)) {
      values.add(possible);
    }
  }

  private JsonNode plain(Parameter parameter, Form form, JsonNode declaration) {
    return switch (parameter.type()) {
      case STRING -> TextNode.valueOf(text(parameter));
      case NUMBER -> number(parameter);
      case BOOLEAN -> JSON.booleanNode(true);
      case LIST -> list(parameter, form, declaration);
      case JSON -> container(form);
    };
  }

  private String text(Parameter parameter) {
    Pattern pattern = parameter.allowedPattern();
    String text = texts.of(parameter.name(), 1);
    int least = orElse(parameter.minLength(), 0);
    int most = orElse(parameter.maxLength(), Integer.MAX_VALUE);
    if (pattern != null && !pattern.matcher(text).matches()) {
      Optional<String> made = PatternText.of(
          pattern,
          1,
          found -> pattern.matcher(found).matches()
              && found.length() >= least
              && found.length() <= most);
      if (made.isPresent()) {
        return made.get();
      }
    }
    while (text.length() < least) {
      text += "x";
    }
    return text.length() > most ? text.substring(0, most) : text;
  }

  private static int orElse(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }

  private static JsonNode number(Parameter parameter) {
    BigDecimal least = parameter.minValue();
    BigDecimal most = parameter.maxValue();
    BigDecimal one = BigDecimal.ONE;
    BigDecimal number = least != null && least.compareTo(one) > 0 ? least : one;
    return JSON.numberNode(most != null && most.compareTo(number) < 0 ? most : number);
  }

  private ArrayNode list(Parameter parameter, Form form, JsonNode declaration) {
    int size = Math.max(orElse(parameter.minLength(), 1), form.least());
    ArrayNode list = JSON.arrayNode();
    Optional<Form> element = form.element().map(Form::meant);
    for (int i = 1; i <= size; i++) {
      int number = i;
      boolean isRead = element.filter(ParameterSynthesis::isRead).isPresent();
      list.add(
          isRead
              ? element.map(each -> Sketch.of(each, texts, number)).orElseThrow()
              : associated
                  .element(declaration, i)
                  .orElseGet(() -> TextNode.valueOf(texts.of(parameter.name(), number))));
    }
    return list;
  }

  private static boolean isRead(Form element) {
    return !element.fields().isEmpty()
        || element.element().isPresent()
        || !element.wishes(Force.MUST).isEmpty();
  }

  private JsonNode container(Form form) {
    JsonNode value = Sketch.of(form, texts, 1);
    return value.isContainerNode() ? value : JSON.objectNode();
  }
}
