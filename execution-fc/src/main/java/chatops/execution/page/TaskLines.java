package chatops.execution.page;

import chatops.chat.view.TaskLine;
import chatops.engine.view.ExecutionDetail;
import chatops.engine.view.TaskView;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Task runs as a timeline shows them. Of a loop only some items are shown: those that failed, that wait or run, then the
 * newest; the loop's own line counts them all.
 */
final class TaskLines {
  private static final int ITEMS_SHOWN = 12;
  private static final int LINES_SHOWN = 400;
  private static final int OUTPUT_LONGEST = 500;
  private static final int OUTPUTS_SHOWN = 12;

  private final ExecutionDetail detail;
  private final Map<String, List<TaskView>> items = new TreeMap<>();

  /** What is shown, and how many are not. */
  record Shown(List<TaskLine> lines, int hidden) {}

  private TaskLines(ExecutionDetail detail) {
    this.detail = detail;
    for (TaskView task : detail.tasks()) {
      String loop = loopOf(task.path());
      if (!loop.isEmpty()) {
        items.computeIfAbsent(loop, unused -> new ArrayList<>()).add(task);
      }
    }
  }

  static Shown of(ExecutionDetail detail) {
    return new TaskLines(detail).shown();
  }

  private Shown shown() {
    Set<String> left = new HashSet<>();
    items.values().forEach(each -> left.addAll(left(each)));
    List<TaskLine> lines = new ArrayList<>();
    int hidden = 0;
    for (TaskView task : detail.tasks()) {
      if (lines.size() >= LINES_SHOWN || isWithin(task.path(), left)) {
        hidden++;
      } else {
        lines.add(line(task));
      }
    }
    return new Shown(lines, hidden);
  }

  /** Paths of the items that are not shown. */
  private static Set<String> left(List<TaskView> all) {
    Set<String> left = new HashSet<>();
    all.stream()
        .sorted(Comparator.comparingInt(TaskLines::rank)
            .thenComparing(TaskView::startedAt, Comparator.reverseOrder()))
        .skip(ITEMS_SHOWN)
        .forEach(item -> left.add(item.path()));
    return left;
  }

  private static int rank(TaskView item) {
    return switch (item.status()) {
      case "Failed" -> 0;
      case "Waiting" -> 1;
      case "Running" -> 2;
      default -> 3;
    };
  }

  private static boolean isWithin(String path, Set<String> left) {
    if (left.isEmpty()) {
      return false;
    }
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (left.contains(path.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  /** The loop that an item belongs to; empty for what is no item. */
  private static String loopOf(String path) {
    int slash = path.lastIndexOf('/');
    int dot = path.indexOf('.', slash + 1);
    return dot < 0 ? "" : path.substring(0, dot);
  }

  private TaskLine line(TaskView task) {
    List<TaskView> own = items.getOrDefault(task.path(), List.of());
    JsonNode item = task.loopItem();
    return new TaskLine(
        task.path(),
        depth(task.path()),
        task.name(),
        task.action(),
        item == null ? "" : Values.cut(Values.text(item), 200),
        task.status(),
        task.waitingFor(),
        task.code(),
        Values.cut(task.message(), Values.LONGEST),
        Values.time(task.startedAt()),
        Values.time(task.endedAt()),
        Values.time(task.wakeAt()),
        Math.max(0, task.items()),
        count(own, "Success", "Skipped"),
        count(own, "Failed", "Cancelled"),
        count(own, "Running", "Waiting"),
        task.calls(),
        task.attempt(),
        detail.stoppedAt().contains(task.path()),
        outputs(task));
  }

  private static int depth(String path) {
    return (int) path.chars().filter(c -> c == '/' || c == '.').count();
  }

  private static int count(List<TaskView> items, String one, String other) {
    return (int) items.stream()
        .filter(item -> item.status().equals(one) || item.status().equals(other))
        .count();
  }

  private static List<TaskLine.Output> outputs(TaskView task) {
    return task.outputs().properties().stream()
        .limit(OUTPUTS_SHOWN)
        .map(output -> new TaskLine.Output(
            output.getKey(), Values.cut(Values.text(output.getValue()), OUTPUT_LONGEST)))
        .toList();
  }
}
