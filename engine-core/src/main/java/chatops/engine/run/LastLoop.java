package chatops.engine.run;

import chatops.engine.execution.TaskExecution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last loop of a template itself that began: what its end has to tell of each item. */
final class LastLoop {
  private static final int MOST = 100;

  private LastLoop() {}

  /** Its items in order, at most 100; none where the template itself has no loop. */
  static List<TaskExecution> items(Iterable<TaskExecution> runs) {
    TaskExecution last = null;
    for (TaskExecution run : runs) {
      if (isOutside(run) && run.loop() != null && isLater(run, last)) {
        last = run;
      }
    }
    List<TaskExecution> items = new ArrayList<>();
    if (last != null) {
      for (TaskExecution run : runs) {
        if (isOutside(run) && run.isItem() && run.path().loop().equals(last.path())) {
          items.add(run);
        }
      }
    }
    items.sort((one, other) -> one.path().compareTo(other.path()));
    return items.subList(0, Math.min(MOST, items.size()));
  }

  private static boolean isOutside(TaskExecution run) {
    return run.path().frame().isRoot();
  }

  private static boolean isLater(TaskExecution run, @Nullable TaskExecution last) {
    return last == null || run.path().compareTo(last.path()) > 0;
  }
}
