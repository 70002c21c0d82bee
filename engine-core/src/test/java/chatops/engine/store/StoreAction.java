package chatops.engine.store;

import chatops.engine.id.ExecutionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of a history as its caller saw it.
 *
 * @param worker who called; a worker's tasks carry its number as their epoch
 * @param begun when it was called, on a clock that all workers share and that never repeats
 * @param ended when it returned, on the same clock
 */
record StoreAction(
    int worker,
    Kind kind,
    ExecutionId execution,
    long begun,
    long ended,
    Commit commit,
    Result result) {
  enum Kind {
    COMMIT,
    LOAD,
    DUE
  }

  /**
   * What came back.
   *
   * @param saved null when it was no commit, or when its fate is unknown
   * @param rows what a load or a scan of due rows showed
   */
  record Result(ExecutionStore.@Nullable Saved saved, List<ExecutionRow> rows) {}

  boolean isDone() {
    return kind == Kind.COMMIT && result.saved() == ExecutionStore.Saved.DONE;
  }

  boolean isRefused() {
    return kind == Kind.COMMIT && result.saved() == ExecutionStore.Saved.CONFLICT;
  }

  boolean isFateUnknown() {
    return kind == Kind.COMMIT && result.saved() == null;
  }

  long version() {
    return commit.execution().version();
  }

  boolean endedBefore(StoreAction other) {
    return ended < other.begun;
  }

  @Override
  public String toString() {
    String what = kind == Kind.COMMIT
        ? "commit " + commit.execution().version() + " tasks " + commit.tasks() + " -> "
            + result.saved()
        : kind + " -> " + result.rows();
    return "[" + begun + ".." + ended + "] worker " + worker + " " + execution + " " + what;
  }
}
