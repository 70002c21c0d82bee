package chatops.engine.view;

import java.util.List;
import java.util.Set;

/**
 * An execution with all its task runs, as of one moment.
 *
 * @param tasks all task runs and loop items in path order
 * @param stoppedAt paths of those that it failed at, or stands still at because they failed: what can be retried or skipped
 * @param isCancelWanted whether somebody wants it to stop, and it has not ended yet
 */
public record ExecutionDetail(
    ExecutionView execution, List<TaskView> tasks, Set<String> stoppedAt, boolean isCancelWanted) {
  public ExecutionDetail {
    tasks = List.copyOf(tasks);
    stoppedAt = Set.copyOf(stoppedAt);
  }
}
