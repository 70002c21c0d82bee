package chatops.local.rehearsal;

import chatops.engine.view.TaskView;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One run to its end.
 *
 * @param status {@code Success}, {@code Failed}, {@code Cancelled}, {@code Waiting}, or {@code Refused} when it could not start
 * @param reason why it did not succeed; empty when it did
 */
public record Take(
    String status,
    String reason,
    ObjectNode parameters,
    ObjectNode outputs,
    List<TaskView> tasks,
    List<MadeCall> calls) {
  public boolean isSuccess() {
    return status.equals("Success");
  }

  /** Names of tasks of the template itself that succeeded. */
  Set<String> finished() {
    return tasks.stream()
        .filter(task -> task.path().indexOf('/') < 0 && task.status().equals("Success"))
        .map(TaskView::name)
        .collect(Collectors.toSet());
  }

  /** How many different tasks succeeded, at whatever depth. */
  long reached() {
    return tasks.stream()
        .filter(task -> task.status().equals("Success"))
        .map(task -> task.path().replaceAll("\\.\\d+", "") + task.name())
        .distinct()
        .count();
  }
}
