package chatops.engine.expression;

import com.fasterxml.jackson.databind.JsonNode;

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
}
