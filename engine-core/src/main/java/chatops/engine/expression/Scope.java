package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What an expression can see at the moment it is evaluated. Names are matched exactly first, then in any letter case
 * (specification 17.1). Implemented by the engine for a frame, and by tests with maps.
 */
public interface Scope {
  /** A template parameter's bound value; the template model guarantees the name is declared. */
  JsonNode parameter(String name);

  /**
   * Outputs of a task by declared name as one object (loop aggregates for a looping task); JSON null when the task has
   * not run or was skipped.
   */
  JsonNode taskOutputs(String task);

  /** The raw result of a task, for undeclared outputs read by a jq path; JSON null when it has not run. */
  JsonNode taskResult(String task);

  /** A pseudo parameter by the part after {@code ACS::}, in its documented spelling, e.g. {@code RegionId}. */
  JsonNode pseudo(String name);

  /** A parameter-store value: {@code oos:path} or {@code oos-secret:path}, given whole. */
  JsonNode stored(String reference);

  /** How many values that must not be shown were read so far. */
  default int secretsRead() {
    return 0;
  }

  /** Whether something must not be shown is in a value. */
  default boolean isSecret(JsonNode value) {
    return false;
  }

  /**
   * Told of what a function or a program made after it had read such values: that must not be shown either.
   *
   * @param of what it was made of: a text that is in there already was only passed on
   */
  default void made(JsonNode value, List<JsonNode> of) {}
}
