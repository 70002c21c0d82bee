package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.audit.AuditRecord;
import chatops.engine.audit.AuditRecords;
import chatops.engine.execution.Codec;
import chatops.engine.execution.Event;
import chatops.engine.execution.Execution;
import chatops.engine.execution.TaskRecord;
import chatops.engine.execution.Trail;
import chatops.engine.store.AuditRow;
import chatops.engine.store.Blob;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.LogRow;
import chatops.engine.store.TaskRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one write complete: the audit trail goes on by what the write changes, and the rows are made. The trail's newest
 * records stay in the execution's row, so that most writes need no further row for them; they go into audit rows together, when
 * they are many or the execution ends. Thread-safe.
 */
final class Sealer {
  /** Bytes of records that the execution's row carries along with every write. */
  private static final int RECENT = 6 * 1024;

  private final Codec codec;

  /** A write, ready for the store. @param execution as it will be stored */
  record Sealed(Execution execution, Commit commit) {
    /** The same, with lines of the log. */
    Sealed saying(List<LogRow> lines) {
      return lines.isEmpty() ? this : new Sealed(execution, commit.with(lines));
    }
  }

  Sealer(Codec codec) {
    this.codec = codec;
  }

  /**
   * @param before as it is stored; null where it is not there yet
   * @param isStep whether a worker writes it
   * @param notes what the states do not show: calls and what came of them
   * @throws EngineException when the execution does not fit its row
   */
  Sealed seal(
      @Nullable Execution before,
      Execution next,
      long expected,
      boolean isStep,
      List<TaskRecord> tasks,
      List<Blob> blobs,
      List<AuditRecord> notes) {
    Trail trail = next.trail().with(AuditRecords.of(before, next, notes));
    boolean isOver = next.status().isFinal();
    if (isOver || AuditRecords.bytes(trail.recent()) > RECENT) {
      return sealed(next, trail, true, expected, isStep, tasks, blobs);
    }
    try {
      return sealed(next, trail, false, expected, isStep, tasks, blobs);
    } catch (EngineException tooLarge) {
      if (trail.recent().isEmpty()) {
        throw tooLarge;
      }
      return sealed(next, trail, true, expected, isStep, tasks, blobs);
    }
  }

  private Sealed sealed(
      Execution next,
      Trail trail,
      boolean isSettled,
      long expected,
      boolean isStep,
      List<TaskRecord> tasks,
      List<Blob> more) {
    List<Blob> values = new ArrayList<>(more);
    List<TaskRow> rows =
        tasks.stream().map(task -> codec.row(next.id(), task, values)).toList();
    List<AuditRow> audit = isSettled ? AuditRecords.rows(next.id(), trail) : List.of();
    Trail kept = isSettled ? trail.settled() : trail;
    int count = 1 + rows.size() + values.size() + audit.size();
    List<Blob> own = new ArrayList<>();
    Execution recorded = next.apply(new Event.Recorded(kept, count));
    ExecutionRow row = codec.row(recorded, expected + 1, isStep, own);
    if (!own.isEmpty()) {
      // its own large values are known only once it is written out, and count as rows, too
      recorded = next.apply(new Event.Recorded(kept, count + own.size()));
      row = codec.row(recorded, expected + 1, isStep, new ArrayList<>());
      values.addAll(own);
    }
    return new Sealed(recorded, new Commit(row, expected, rows, values, audit));
  }
}
