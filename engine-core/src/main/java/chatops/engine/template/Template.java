package chatops.engine.template;

import chatops.engine.expression.Expression;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An authored document, parsed once; immutable and thread-safe.
 *
 * @param hash hex SHA-256 of the text, pinned by executions
 * @param ramRole null when the template names none
 */
public record Template(
    String name,
    String version,
    String hash,
    Map<String, Parameter> parameters,
    @Nullable Expression ramRole,
    List<Task> tasks,
    Map<String, Output> outputs) {

  /** A template output; evaluated when the execution ends. */
  public record Output(Task.OutputType type, Expression value) {}
}
