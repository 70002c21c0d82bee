package chatops.engine.run;

import chatops.engine.execution.Execution;
import chatops.engine.execution.Frame;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.id.TaskPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which task runs and loop items an execution failed at, or stands still at because they failed: the innermost of each. */
public final class Failures {
  private final NavigableMap<TaskPath, TaskExecution> tasks = new TreeMap<>();
  private final List<TaskPath> innermost = new ArrayList<>();

  private Failures(Collection<TaskExecution> tasks) {
    tasks.forEach(task -> this.tasks.put(task.path(), task));
  }

  /** @param tasks all task rows of the execution */
  public static List<TaskPath> of(Execution execution, Collection<TaskExecution> tasks) {
    Failures failures = new Failures(tasks);
    failures.frame(TaskPath.ROOT, execution.root());
    return List.copyOf(failures.innermost);
  }

  private void frame(TaskPath at, Frame frame) {
    TaskExecution stopped = frame.failure() == null
        ? frame.current() == null ? null : tasks.get(frame.current())
        : newest(at, frame, frame.failure().task());
    if (stopped != null) {
      task(stopped);
    }
  }

  private @Nullable TaskExecution newest(TaskPath at, Frame frame, String name) {
    for (int number = frame.started(); number > 0; number--) {
      TaskExecution run = tasks.get(at.task(number));
      if (run != null && run.name().equals(name) && run.status() == TaskStatus.FAILED) {
        return run;
      }
    }
    return null;
  }

  private void task(TaskExecution run) {
    boolean isStopped = isStopped(run);
    if (!isStopped && run.status().isFinal()) {
      return;
    }
    int before = innermost.size();
    if (run.loop() != null) {
      items(run.path()).stream()
          .filter(item ->
              isStopped ? item.status() == TaskStatus.FAILED : !item.status().isFinal())
          .forEach(this::task);
    } else if (run.frame() != null) {
      frame(run.path(), run.frame());
    }
    if (isStopped && innermost.size() == before) {
      innermost.add(run.path());
    }
  }

  private static boolean isStopped(TaskExecution run) {
    return run.status() == TaskStatus.FAILED || run.waitingFor().equals(WaitingStatus.FAILURE);
  }

  private List<TaskExecution> items(TaskPath loop) {
    return tasks.tailMap(loop, false).values().stream()
        .takeWhile(task -> task.path().value().startsWith(loop.value()))
        .filter(task -> task.isItem() && task.path().loop().equals(loop))
        .toList();
  }
}
