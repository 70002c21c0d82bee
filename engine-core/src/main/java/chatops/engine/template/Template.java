package chatops.engine.template;

import chatops.engine.expression.Expression;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An authored document, parsed once; immutable and thread-safe.
 *
 * @param description what it does, by language as the template spells it; {@code name-en} and the like are titles
 * @param hash hex SHA-256 of the text, pinned by executions
 * @param ramRole null when the template names none
 */
public record Template(
    String name,
    String version,
    String hash,
    Map<String, String> description,
    Map<String, Parameter> parameters,
    @Nullable Expression ramRole,
    List<Task> tasks,
    Map<String, Output> outputs) {

  /**
   * The inner tasks of an ACS::Loop as a list of their own.
   *
   * @param loopTask its name, after those it lies in, joined by {@code /}
   */
  public Template inside(String loopTask) {
    List<Task> inner = tasks;
    for (String name : loopTask.split("/", -1)) {
      inner = inner.stream()
          .filter(task -> task.name().equals(name))
          .findFirst()
          .map(Task::loopTasks)
          .orElseThrow(() -> new IllegalArgumentException("no ACS::Loop is named " + loopTask));
    }
    return new Template(
        this.name, version, hash, description, parameters, ramRole, inner, Map.of());
  }

  /** A template output; evaluated when the execution ends. */
  public record Output(Task.OutputType type, Expression value) {}
}
