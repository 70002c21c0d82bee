package chatops.engine.execution;

import chatops.engine.id.TaskPath;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One running instance of a list of tasks: the root of an execution, a nested template inside a task or a loop item, or
 * one iteration of ACS::Loop.
 *
 * @param parameters bound values by declared name; an iteration has none of its own and reads those around it
 * @param ramRole role of this frame's calls; empty is the configured default
 * @param started how many tasks were started so far
 * @param current the task that runs; null before the first and after the last
 * @param failure first failure of a critical task
 * @param isProductAction handled errors of product actions count as handled (specification 4.2)
 * @param isCancelling the frame was cancelled and runs its OnCancel path, if any
 * @param loopTask in an iteration, name of the ACS::Loop whose LoopTasks it runs, after those it lies in, joined by {@code /};
 *     empty for a whole template
 * @param cancelledAt the task that was current when the execution was cancelled; if it had ended, nothing follows it
 */
public record Frame(
    Pin template,
    ObjectNode parameters,
    String ramRole,
    int started,
    @Nullable TaskPath current,
    @Nullable Failure failure,
    boolean isProductAction,
    boolean isCancelling,
    String loopTask,
    @Nullable TaskPath cancelledAt) {

  public Frame {
    // rows of format 1 have none
    loopTask = Objects.requireNonNullElse(loopTask, "");
  }

  public static Frame opened(
      Pin template, ObjectNode parameters, String ramRole, boolean isProductAction) {
    return new Frame(
        template, parameters, ramRole, 0, null, null, isProductAction, false, "", null);
  }

  /** One iteration of an ACS::Loop of this frame. */
  public Frame iteration(String task) {
    String inside = loopTask.isEmpty() ? task : loopTask + "/" + task;
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    return new Frame(template, none, ramRole, 0, null, null, isProductAction, false, inside, null);
  }

  public boolean isIteration() {
    return !loopTask.isEmpty();
  }

  /** Back at an earlier task, as if nothing had failed since. */
  public Frame backAt(TaskPath task) {
    return copy(parameters, started, task, null, false, null);
  }

  public Frame with(ObjectNode changed) {
    return copy(changed, started, current, failure, isCancelling, cancelledAt);
  }

  public Frame at(TaskPath task) {
    return copy(parameters, started + 1, task, failure, isCancelling, cancelledAt);
  }

  public Frame failed(Failure first) {
    return failure != null
        ? this
        : copy(parameters, started, current, first, isCancelling, cancelledAt);
  }

  public Frame cancelling() {
    return copy(parameters, started, current, failure, true, current);
  }

  private Frame copy(
      ObjectNode newParameters,
      int newStarted,
      @Nullable TaskPath newCurrent,
      @Nullable Failure newFailure,
      boolean cancelling,
      @Nullable TaskPath newCancelledAt) {
    return new Frame(
        template,
        newParameters,
        ramRole,
        newStarted,
        newCurrent,
        newFailure,
        isProductAction,
        cancelling,
        loopTask,
        newCancelledAt);
  }
}
