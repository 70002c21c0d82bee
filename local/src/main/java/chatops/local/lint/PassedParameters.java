package chatops.local.lint;

import chatops.engine.expression.Expression;
import chatops.engine.expression.Fault;
import chatops.engine.expression.Literal;
import chatops.engine.expression.MapOf;
import chatops.engine.expression.Spelling;
import chatops.engine.template.Finding;
import chatops.engine.template.Parameter;
import chatops.engine.template.Task;
import chatops.engine.template.Template;
import java.util.ArrayList;
import java.util.Collection;
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
  private final Function<String, Optional<Map<String, Parameter>>> declared;

  /** @param declared the parameters of a product action or template by its name; empty when nobody knows them */
  PassedParameters(Function<String, Optional<Map<String, Parameter>>> declared) {
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
    Stream<Finding> here = passed(task).stream()
        .flatMap(names -> declared.apply(called).stream()
            .flatMap(parameters -> compare(task, called, names, parameters).stream()));
    return Stream.concat(here, inside);
  }

  private static List<Finding> compare(
      Task task, String called, Collection<String> passed, Map<String, Parameter> parameters) {
    Set<String> known =
        parameters.keySet().stream().map(PassedParameters::folded).collect(Collectors.toSet());
    List<Finding> findings = new ArrayList<>();
    Set<String> given = new TreeSet<>();
    for (String name : passed) {
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
    return findings;
  }

  /** The names of what is passed, unless they are computed. */
  private static Optional<List<String>> passed(Task task) {
    if (!task.action().equalsIgnoreCase("ACS::Template")) {
      return Optional.of(List.copyOf(task.properties().keySet()));
    }
    Expression parameters = task.property("Parameters");
    if (parameters == null) {
      return Optional.of(List.of());
    }
    if (parameters instanceof MapOf map) {
      return map.keys();
    }
    if (parameters instanceof Literal literal && literal.value().isObject()) {
      List<String> names = new ArrayList<>();
      literal.value().fieldNames().forEachRemaining(names::add);
      return Optional.of(names);
    }
    return Optional.empty();
  }

  private static String text(@Nullable Expression name) {
    return name instanceof Literal literal ? literal.value().asText("").strip() : "";
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
