package chatops.execution.form;

import chatops.engine.expression.Expression;
import chatops.engine.expression.Literal;
import chatops.engine.expression.MapOf;
import chatops.engine.template.Task;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tasks that run what their template does not write out: a template by a computed name or text, a call that is not named. */
final class OpenTasks {
  private static final Set<String> OF_START =
      Set.of("templatename", "templatecontent", "templateurl");

  private OpenTasks() {}

  static boolean isAnyOf(List<Task> tasks) {
    return tasks.stream().anyMatch(task -> isOpen(task) || isAnyOf(task.loopTasks()));
  }

  private static boolean isOpen(Task task) {
    if (task.action().equalsIgnoreCase("ACS::Template")) {
      return isComputed(task.property("TemplateName"))
          || isComputed(task.property("TemplateContent"));
    }
    Expression api = task.property("API");
    return isComputed(api)
        || isComputed(task.property("Service"))
        || isStart(api) && isComputedStart(task.property("Parameters"));
  }

  private static boolean isStart(@Nullable Expression api) {
    return api instanceof Literal literal
        && literal.value().asText().strip().equalsIgnoreCase("StartExecution");
  }

  private static boolean isComputedStart(@Nullable Expression parameters) {
    return parameters instanceof MapOf map
        ? map.entries().stream()
            .anyMatch(entry -> isComputed(entry.key())
                || entry.key() instanceof Literal key
                    && OF_START.contains(key.value().asText().toLowerCase(Locale.ROOT))
                    && isComputed(entry.value()))
        : isComputed(parameters);
  }

  private static boolean isComputed(@Nullable Expression value) {
    return value != null && !(value instanceof Literal);
  }
}
