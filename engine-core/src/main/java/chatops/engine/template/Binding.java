package chatops.engine.template;

import chatops.engine.expression.EmptyScope;
import chatops.engine.expression.Expression;
import chatops.engine.expression.ExpressionException;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.Scope;
import chatops.engine.expression.Spelling;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives every parameter of a template its value: what the caller gave, turned into the declared type and checked, or the
 * default, which may read other parameters. One use per binding.
 */
public final class Binding {
  /** Auto Scaling replaces these before it starts an execution; whoever else starts one has to give values. */
  private static final Set<String> PLACEHOLDERS = Set.of(
      "${regionId}",
      "${instanceId}",
      "${instanceIds}",
      "${lifecycleHookId}",
      "${lifecycleActionToken}",
      "${essTaskType}");

  /** Who gives the parameters: a caller's unknown names are refused, a parent task's are ignored. */
  public enum Source {
    CALLER,
    PARENT_TASK
  }

  private final Template template;
  private final Scope surroundings;
  private final Map<String, JsonNode> given = new HashMap<>();
  private final Map<String, JsonNode> bound = new HashMap<>();
  private final List<String> open = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private Binding(Template template, Scope surroundings) {
    this.template = template;
    this.surroundings = surroundings;
  }

  /**
   * @param surroundings gives pseudo parameters and stored values to defaults
   * @return a value for every declared parameter, in declared order and spelling
   * @throws ParameterException with everything that is wrong
   */
  public static ObjectNode bind(
      Template template, ObjectNode given, Source source, Scope surroundings) {
    Binding binding = new Binding(template, surroundings);
    binding.take(given, source);
    Map<String, JsonNode> values = new LinkedHashMap<>();
    template
        .parameters()
        .values()
        .forEach(parameter -> values.put(parameter.name(), binding.value(parameter)));
    if (!binding.problems.isEmpty()) {
      throw new ParameterException(template.name(), binding.problems);
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    values.forEach(result::set);
    return result;
  }

  private void take(ObjectNode parameters, Source source) {
    for (Map.Entry<String, JsonNode> entry : parameters.properties()) {
      Optional<String> name = Spelling.find(template.parameters().keySet(), entry.getKey());
      if (name.isPresent()) {
        given.put(name.get(), entry.getValue());
      } else if (source == Source.CALLER) {
        problems.add("unknown parameter '"
            + entry.getKey()
            + "': "
            + Spelling.suggest(
                entry.getKey(),
                template.parameters().keySet(),
                "the template does not declare it"));
      }
    }
  }

  private JsonNode value(Parameter parameter) {
    Optional<JsonNode> known = Optional.ofNullable(bound.get(parameter.name()));
    if (known.isPresent()) {
      return known.get();
    }
    JsonNode value = compute(parameter);
    bound.put(parameter.name(), value);
    return value;
  }

  private JsonNode compute(Parameter parameter) {
    JsonNode supplied = given.getOrDefault(parameter.name(), NullNode.getInstance());
    if (!supplied.isNull()) {
      JsonNode value = converted(parameter, supplied);
      Constraints.broken(parameter, value)
          .ifPresent(expected -> refuse(parameter, supplied, expected));
      return value;
    }
    if (parameter.defaultValue() == null) {
      problems.add("parameter '" + parameter.name() + "' has no value: expected "
          + Coercion.expected(parameter.type()));
      return NullNode.getInstance();
    }
    if (open.contains(parameter.name())) {
      problems.add("parameters need each other's values: " + String.join(" → ", open) + " → "
          + parameter.name());
      return NullNode.getInstance();
    }
    open.add(parameter.name());
    JsonNode value = defaulted(parameter, parameter.defaultValue());
    open.remove(parameter.name());
    return value;
  }

  private JsonNode defaulted(Parameter parameter, Expression expression) {
    try {
      JsonNode value = expression.evaluate(new DefaultScope());
      return value.isNull() ? value : converted(parameter, value);
    } catch (ExpressionException failed) {
      problems.add("default of parameter '" + parameter.name() + "': " + failed.getMessage());
      return NullNode.getInstance();
    }
  }

  private JsonNode converted(Parameter parameter, JsonNode value) {
    if (holdsPlaceholder(value)) {
      refuse(
          parameter,
          value,
          "a value: the placeholder was not replaced (Auto Scaling does so when a lifecycle hook starts the template)");
      return NullNode.getInstance();
    }
    Optional<JsonNode> converted = Coercion.to(parameter.type(), value);
    if (converted.isEmpty()) {
      refuse(parameter, value, Coercion.expected(parameter.type()));
    }
    return converted.orElse(NullNode.getInstance());
  }

  private static boolean holdsPlaceholder(JsonNode value) {
    if (value.isTextual()) {
      return PLACEHOLDERS.contains(value.textValue().strip());
    }
    boolean held = false;
    for (JsonNode element : value.isArray() ? value : NullNode.getInstance()) {
      held |= element.isTextual() && PLACEHOLDERS.contains(element.textValue().strip());
    }
    return held;
  }

  private void refuse(Parameter parameter, JsonNode found, String expected) {
    String shown = parameter.noEcho() ? "a value not shown" : JsonText.described(found);
    String why = parameter.constraintDescription() == null
        ? ""
        : " (" + parameter.constraintDescription() + ")";
    problems.add(
        "parameter '" + parameter.name() + "': expected " + expected + ", found " + shown + why);
  }

  /** What a default sees: other parameters, pseudo parameters and stored values, but no tasks. */
  private final class DefaultScope implements Scope {
    private final Scope nothing = new EmptyScope();

    @Override
    public JsonNode parameter(String name) {
      return Optional.ofNullable(template.parameters().get(name))
          .map(Binding.this::value)
          .orElse(NullNode.getInstance());
    }

    @Override
    public JsonNode taskOutputs(String task) {
      return nothing.taskOutputs(task);
    }

    @Override
    public JsonNode taskResult(String task) {
      return nothing.taskResult(task);
    }

    @Override
    public JsonNode pseudo(String name) {
      return surroundings.pseudo(name);
    }

    @Override
    public JsonNode stored(String reference) {
      return surroundings.stored(reference);
    }
  }
}
