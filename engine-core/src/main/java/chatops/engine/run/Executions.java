package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.audit.AuditRecord;
import chatops.engine.execution.Codec;
import chatops.engine.execution.Event;
import chatops.engine.execution.Execution;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskRecord;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.store.Blob;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.StoreException;
import chatops.engine.store.TaskRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Executions as values on top of rows: read, create, change by event. Thread-safe. */
public final class Executions {
  /** Conflicts and lost answers in a row before a change is given up; each conflict means somebody else got on. */
  static final int MOST_TRIES = 200;

  private final ExecutionStore store;
  private final Codec codec = new Codec();
  private final Sealer sealer = new Sealer(codec);

  /** A change that was saved, or that changed nothing ({@code before == after}). */
  public record Change(Execution before, Execution after, long version) {
    public boolean isNone() {
      return before == after;
    }
  }

  public Executions(ExecutionStore store) {
    this.store = store;
  }

  /** One that is being deleted is not there any more. */
  public Optional<Stored> load(ExecutionId id) {
    return store.load(id).filter(row -> !isRetired(row)).map(this::stored);
  }

  /** As {@link #stored} without the values that lie in blobs, which may be gone already. */
  public Execution peek(ExecutionRow row) {
    return codec.execution(row, hash -> "null");
  }

  public boolean isRetired(ExecutionRow row) {
    // a look at the text first, since hardly any row is
    return row.document().contains("\"isRetired\":true") && peek(row).isRetired();
  }

  public Stored stored(ExecutionRow row) {
    return new Stored(codec.execution(row, blobs(row.id())), row.version());
  }

  /** Tasks at or below a path as of the execution's last commit. */
  public List<TaskExecution> tasks(Execution execution, TaskPath under) {
    ExecutionId id = execution.id();
    List<TaskExecution> tasks = new ArrayList<>();
    for (TaskRow row : store.tasks(id, under)) {
      TaskExecution task = codec.task(row, blobs(id)).asOf(execution);
      if (task != null) {
        tasks.add(task);
      }
    }
    return tasks;
  }

  Optional<Blob> blob(ExecutionId id, String hash) {
    return store.blob(id, hash);
  }

  /** @return whether this call made the row; false when an execution of this id is there already */
  public boolean create(Execution execution, List<Blob> blobs) {
    String op = newOp();
    StoreException last = null;
    for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
      try {
        Execution first = execution.apply(new Event.Written(op, false));
        return write(seal(null, first, 0, true, List.of(), blobs, List.of()))
            == ExecutionStore.Saved.DONE;
      } catch (StoreException lost) {
        Optional<Stored> there = reload(execution.id(), lost);
        if (there.isPresent()) {
          return there.get().execution().op().equals(op);
        }
        last = lost;
      }
    }
    throw last == null
        ? new EngineException("execution " + execution.id() + ": the store did not take it")
        : last;
  }

  /**
   * Applies an event to whatever row stands, until it is saved or does not apply. An event that was saved while its
   * answer was lost is recognised by its own effect: events of people apply once.
   */
  public Optional<Change> change(ExecutionId id, Event event) {
    return revise(id, execution -> execution.apply(event));
  }

  /** As {@link #change(ExecutionId, Event)}, for what takes several events; answers its argument when none applies. */
  public Optional<Change> revise(ExecutionId id, UnaryOperator<Execution> events) {
    return revise(id, events, List.of());
  }

  /** As {@link #revise(ExecutionId, UnaryOperator)}. @param notes go into the audit trail with the change, if there is one */
  Optional<Change> revise(
      ExecutionId id, UnaryOperator<Execution> events, List<AuditRecord> notes) {
    String op = newOp();
    StoreException last = null;
    for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
      Optional<Stored> stored = last == null ? load(id) : reload(id, last);
      if (stored.isEmpty()) {
        return Optional.empty();
      }
      Execution before = stored.get().execution();
      long version = stored.get().version();
      if (before.op().equals(op)) {
        return Optional.of(new Change(before.apply(new Event.Called(0)), before, version));
      }
      Execution after = events.apply(before);
      if (after == before) {
        return Optional.of(new Change(before, before, version));
      }
      try {
        Execution written = after.apply(new Event.Written(op, false));
        Sealer.Sealed sealed = seal(before, written, version, false, List.of(), List.of(), notes);
        if (write(sealed) == ExecutionStore.Saved.DONE) {
          return Optional.of(new Change(before, sealed.execution(), version + 1));
        }
      } catch (StoreException lost) {
        last = lost;
      }
    }
    throw last == null
        ? new EngineException("execution " + id + ": too much is being written to it, try again")
        : last;
  }

  /** A write with its rows and its audit trail; see {@link Sealer#seal}. */
  Sealer.Sealed seal(
      @Nullable Execution before,
      Execution next,
      long expected,
      boolean isStep,
      List<TaskRecord> tasks,
      List<Blob> blobs,
      List<AuditRecord> notes) {
    return sealer.seal(before, next, expected, isStep, tasks, blobs, notes);
  }

  ExecutionStore.Saved write(Sealer.Sealed sealed) {
    return store.commit(sealed.commit());
  }

  /** Reads after a lost answer; if that fails too, the first failure is told. */
  Optional<Stored> reload(ExecutionId id, StoreException lost) {
    try {
      return load(id);
    } catch (StoreException again) {
      lost.addSuppressed(again);
      throw lost;
    }
  }

  static String newOp() {
    return UUID.randomUUID().toString();
  }

  private Function<String, String> blobs(ExecutionId id) {
    return hash -> store
        .blob(id, hash)
        .map(Blob::text)
        .orElseThrow(() -> new EngineException(
            "execution " + id + ": value " + hash + " is missing in the store"));
  }
}
