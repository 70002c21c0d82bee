package chatops.execution.page;

import chatops.engine.Engine;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.LogRow;
import java.util.ArrayList;
import java.util.List;

/** The end of an execution's log. */
public record LogTail(Engine engine) {
  private static final int PAGE = 200;

  /** The last lines, oldest first: at least {@code PAGE} where there are so many. */
  public List<LogRow> of(ExecutionId id) {
    List<LogRow> page = engine.logs(id, 0, PAGE);
    List<LogRow> next = page;
    while (next.size() == PAGE) {
      page = next;
      next = engine.logs(id, page.get(page.size() - 1).sequence(), PAGE);
    }
    if (next == page) {
      return page;
    }
    List<LogRow> both = new ArrayList<>(page);
    both.addAll(next);
    return both;
  }
}
