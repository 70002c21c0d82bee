package chatops.engine.execution;

import chatops.engine.id.TaskPath;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One running instance of a template: the root of an execution, or a nested template inside a task or a loop item.
 *
 * @param parameters bound values by declared name
 * @param ramRole role of this frame's calls; empty is the configured default
 * @param started how many tasks were started so far
 * @param current the task that runs; null before the first and after the last
 * @param failure first failure of a critical task
 * @param isProductAction handled errors of product actions count as handled (specification 4.2)
 * @param isCancelling the frame was cancelled and runs its OnCancel path, if any
 */
public record Frame(
    Pin template,
    ObjectNode parameters,
    String ramRole,
    int started,
    @Nullable TaskPath current,
    @Nullable Failure failure,
    boolean isProductAction,
    boolean isCancelling) {

  public static Frame opened(
      Pin template, ObjectNode parameters, String ramRole, boolean isProductAction) {
    return new Frame(template, parameters, ramRole, 0, null, null, isProductAction, false);
  }

  public Frame at(TaskPath task) {
    return new Frame(
        template, parameters, ramRole, started + 1, task, failure, isProductAction, isCancelling);
  }

  public Frame failed(Failure first) {
    return failure != null
        ? this
        : new Frame(
            template, parameters, ramRole, started, current, first, isProductAction, isCancelling);
  }

  public Frame cancelling() {
    return new Frame(
        template, parameters, ramRole, started, current, failure, isProductAction, true);
  }
}
