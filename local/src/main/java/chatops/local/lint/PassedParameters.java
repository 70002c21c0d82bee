package chatops.local.lint;

import chatops.engine.expression.Expression;
import chatops.engine.expression.Fault;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.Literal;
import chatops.engine.expression.MapOf;
import chatops.engine.expression.Spelling;
import chatops.engine.template.Finding;
import chatops.engine.template.Parameter;
import chatops.engine.template.Task;
import chatops.engine.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a task passes on with what the template it calls declares. Says nothing where the name of the template or
 * the names of its parameters are computed.
 */
final class PassedParameters {
  private final Function<String, Optional<Template>> declared;

  /** @param declared a product action or template by its name; empty when nobody knows it */
  PassedParameters(Function<String, Optional<Template>> declared) {
    this.declared = declared;
  }

  Stream<Finding> check(Template template) {
    return template.tasks().stream().flatMap(this::check);
  }

  private Stream<Finding> check(Task task) {
    Stream<Finding> inside = task.loopTasks().stream().flatMap(this::check);
    String called = task.action().equalsIgnoreCase("ACS::Template")
        ? text(task.property("TemplateName"))
        : task.action();
    Optional<Template> template = called.isEmpty() ? Optional.empty() : declared.apply(called);
    Stream<Finding> here = template.stream()
        .flatMap(known -> passed(task).stream()
            .flatMap(values -> compare(task, called, values, known.parameters()).stream()));
    Stream<Finding> back =
        template.stream().flatMap(known -> outputs(task, called, known.outputs().keySet()));
    return Stream.concat(Stream.concat(here, back), inside);
  }

  private static List<Finding> compare(
      Task task,
      String called,
      Map<String, Optional<JsonNode>> passed,
      Map<String, Parameter> parameters) {
    Set<String> known =
        parameters.keySet().stream().map(PassedParameters::folded).collect(Collectors.toSet());
    List<Finding> findings = new ArrayList<>();
    Set<String> given = new TreeSet<>();
    for (String name : passed.keySet()) {
      given.add(folded(name));
      if (!known.contains(folded(name))) {
        findings.add(new Finding(
            Fault.UNKNOWN_PARAMETER,
            task.position(),
            "task '" + task.name() + "': " + called + " declares no parameter '" + name
                + "'; the value is passed over",
            Spelling.suggest(name, parameters.keySet(), "remove it")));
      }
    }
    parameters.forEach((name, parameter) -> {
      if (parameter.defaultValue() == null && !given.contains(folded(name))) {
        findings.add(new Finding(
            Fault.MISSING_PARAMETER,
            task.position(),
            "task '" + task.name() + "': " + called + " needs the parameter '" + name
                + "'; without it the task fails",
            "pass a value for " + name));
      }
    });
    passed.forEach((name, written) -> written.ifPresent(value -> parameters.values().stream()
        .filter(parameter -> parameter.name().equalsIgnoreCase(name) && !value.isNull())
        .forEach(parameter -> parameter
            .refusal(value)
            .ifPresent(expected -> findings.add(new Finding(
                Fault.WRONG_PARAMETER,
                task.position(),
                "task '" + task.name() + "': parameter '" + name + "' of " + called + ": expected "
                    + expected + ", found " + JsonText.brief(value) + "; the task fails",
                "pass what is expected"))))));
    return findings;
  }

  /** Selectors of one word that name no output of what is called; in a loop they are null for every item. */
  private static Stream<Finding> outputs(Task task, String called, Set<String> known) {
    return task.outputs().entrySet().stream()
        .filter(output -> output.getValue().plainName() != null)
        .filter(output -> !known.contains(output.getValue().plainName()))
        .map(output -> new Finding(
            Fault.UNDECLARED_OUTPUT,
            task.position(),
            "task '" + task.name() + "', output '" + output.getKey() + "': " + called
                + " has no output '" + output.getValue().plainName() + "', so it is null",
            Spelling.suggest(String.valueOf(output.getValue().plainName()), known, "remove it")));
  }

  /** What is passed by name, as far as it is written out; empty when the names are computed. */
  private static Optional<Map<String, Optional<JsonNode>>> passed(Task task) {
    if (!task.action().equalsIgnoreCase("ACS::Template")) {
      return Optional.of(written(task.properties()));
    }
    Expression parameters = task.property("Parameters");
    if (parameters == null) {
      return Optional.of(Map.of());
    }
    if (parameters instanceof MapOf map) {
      return map.byName().map(PassedParameters::written);
    }
    if (parameters instanceof Literal literal && literal.value().isObject()) {
      Map<String, Optional<JsonNode>> values = new LinkedHashMap<>();
      literal.value().properties().forEach(e -> values.put(e.getKey(), Optional.of(e.getValue())));
      return Optional.of(values);
    }
    return Optional.empty();
  }

  private static Map<String, Optional<JsonNode>> written(Map<String, Expression> passed) {
    Map<String, Optional<JsonNode>> values = new LinkedHashMap<>();
    passed.forEach((name, value) -> values.put(
        name, value instanceof Literal literal ? Optional.of(literal.value()) : Optional.empty()));
    return values;
  }

  private static String text(@Nullable Expression name) {
    return name instanceof Literal literal ? literal.value().asText("").strip() : "";
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
