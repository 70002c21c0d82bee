package chatops.engine.run;

import chatops.engine.execution.Execution;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskRecord;
import chatops.engine.execution.TaskStatus;
import chatops.engine.id.TaskPath;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The task runs of one execution: as they are, as they are stored, and which of them differ. Used by one thread. */
final class TaskRows {
  private final NavigableMap<TaskPath, TaskExecution> tasks = new TreeMap<>();
  private final Map<TaskPath, NavigableMap<TaskPath, TaskExecution>> items = new HashMap<>();
  private final Map<TaskPath, TaskExecution> durable = new HashMap<>();
  private final Set<TaskPath> changed = new LinkedHashSet<>();
  private int frames;

  TaskRows(Collection<TaskExecution> stored) {
    for (TaskExecution task : stored) {
      enter(task);
      durable.put(task.path(), task);
    }
  }

  @Nullable
  TaskExecution find(TaskPath path) {
    return tasks.get(path);
  }

  List<TaskExecution> all() {
    return List.copyOf(tasks.values());
  }

  void put(TaskExecution task) {
    enter(task);
    changed.add(task.path());
  }

  private void enter(TaskExecution task) {
    TaskExecution old = tasks.put(task.path(), task);
    frames += task.frame() != null && (old == null || old.frame() == null) ? 1 : 0;
    if (task.isItem()) {
      NavigableMap<TaskPath, TaskExecution> siblings =
          items.computeIfAbsent(task.path().loop(), loop -> new TreeMap<>());
      if (task.status() == TaskStatus.REPLACED) {
        siblings.remove(task.path());
      } else {
        siblings.put(task.path(), task);
      }
    }
  }

  /** Items of a looping task in item order, without those that a retry of the loop replaced; follows every {@link #put}. */
  NavigableMap<TaskPath, TaskExecution> items(TaskPath loop) {
    NavigableMap<TaskPath, TaskExecution> siblings = items.get(loop);
    return siblings == null
        ? Collections.emptyNavigableMap()
        : Collections.unmodifiableNavigableMap(siblings);
  }

  /** Nested templates and iterations that were begun. */
  int frames() {
    return frames;
  }

  boolean isChanged() {
    return !changed.isEmpty();
  }

  /** Whether the task's row is stored as it stands here. */
  boolean isStored(TaskPath path) {
    return !changed.contains(path);
  }

  /** What must be written so that the stored rows are as these, with the commit that makes {@code as} of the execution. */
  List<TaskRecord> changes(Execution as) {
    return changed.stream()
        .map(path ->
            new TaskRecord(as.era(), as.epoch(), as.steps(), known(path), durable.get(path)))
        .toList();
  }

  void stored() {
    changed.forEach(path -> durable.put(path, known(path)));
    changed.clear();
  }

  private TaskExecution known(TaskPath path) {
    TaskExecution task = tasks.get(path);
    if (task == null) {
      throw new IllegalStateException("task " + path + " changed and is not there");
    }
    return task;
  }
}
