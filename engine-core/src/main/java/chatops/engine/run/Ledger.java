package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.execution.Event;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Frame;
import chatops.engine.execution.Lease;
import chatops.engine.execution.Status;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskRecord;
import chatops.engine.id.TaskPath;
import chatops.engine.store.Blob;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one worker knows of its execution: the row as it will be, the events that lead there from the stored row, and the
 * task rows that changed. {@link #commit} makes all of it durable at once, rebasing on whatever people wrote meanwhile.
 * Used by one thread.
 */
final class Ledger {
  private final Executions executions;
  private final String owner;
  private final NavigableMap<TaskPath, TaskExecution> tasks = new TreeMap<>();
  private final Map<TaskPath, TaskExecution> durable = new HashMap<>();
  private final Set<TaskPath> changed = new LinkedHashSet<>();
  private final List<Event> pending = new ArrayList<>();
  private final Map<String, Blob> blobs = new LinkedHashMap<>();
  private Execution execution;
  private Execution stored;
  private long version;
  private boolean isLeaseStored;
  private boolean hasFacts;

  Ledger(Executions executions, Stored from, List<TaskExecution> tasks, String owner) {
    this.executions = executions;
    this.owner = owner;
    this.stored = from.execution();
    this.execution = from.execution();
    this.version = from.version();
    for (TaskExecution task : tasks) {
      this.tasks.put(task.path(), task);
      durable.put(task.path(), task);
    }
  }

  Execution execution() {
    return execution;
  }

  long version() {
    return version;
  }

  /** Takes the execution over with the next commit, unless it was created or decided under this very lease. */
  void take(Lease lease, Instant now) {
    Lease held = execution.lease();
    if (held != null && held.owner().equals(owner) && held.isLive(now)) {
      isLeaseStored = true;
      return;
    }
    apply(new Event.Leased(lease, Executions.newOp()));
  }

  /** Keeps the execution longer, with the next commit. */
  void renew(Lease lease) {
    if (isLeaseStored) {
      apply(new Event.Renewed(lease));
    }
  }

  boolean isLeaseStored() {
    return isLeaseStored;
  }

  void apply(Event event) {
    Execution next = execution.apply(event);
    if (next != execution) {
      execution = next;
      pending.add(event);
    }
  }

  @Nullable
  TaskExecution task(TaskPath path) {
    return tasks.get(path);
  }

  TaskExecution known(TaskPath path) {
    TaskExecution task = tasks.get(path);
    if (task == null) {
      throw new EngineException(
          "execution " + execution.id() + ": the row of task " + path + " is missing");
    }
    return task;
  }

  void put(TaskExecution task) {
    tasks.put(task.path(), task);
    changed.add(task.path());
  }

  /** Something happened that a rerun from the stored state would not find again by itself. */
  void fact() {
    hasFacts = true;
  }

  /** Whether inputs of a call that is sent now might be lost in a crash. */
  boolean hasFacts() {
    return hasFacts || !isLeaseStored;
  }

  /** Rows of the items of a looping task, in item order. */
  NavigableMap<TaskPath, TaskExecution> items(TaskPath loop) {
    NavigableMap<TaskPath, TaskExecution> items = new TreeMap<>();
    String prefix = loop.value() + ".";
    for (Map.Entry<TaskPath, TaskExecution> entry : tasks.tailMap(loop, false).entrySet()) {
      String path = entry.getKey().value();
      if (!path.startsWith(prefix)) {
        if (path.startsWith(loop.value())) {
          continue;
        }
        break;
      }
      if (path.indexOf('/', prefix.length()) < 0) {
        items.put(entry.getKey(), entry.getValue());
      }
    }
    return items;
  }

  Iterable<TaskExecution> all() {
    return List.copyOf(tasks.values());
  }

  Frame frame(TaskPath at) {
    Frame frame = at.isRoot() ? execution.root() : known(at).frame();
    if (frame == null) {
      throw new EngineException("execution " + execution.id() + ": no frame at " + at);
    }
    return frame;
  }

  void setFrame(TaskPath at, Frame frame, Instant now) {
    if (at.isRoot()) {
      pending.removeIf(event -> event instanceof Event.Moved);
      apply(new Event.Moved(frame, Status.RUNNING, now));
    } else {
      put(known(at).nesting(frame));
    }
  }

  void keep(Blob blob) {
    blobs.put(blob.hash(), blob);
  }

  boolean isChanged() {
    return !pending.isEmpty() || !changed.isEmpty();
  }

  /** Looks for what people wrote meanwhile. */
  void refresh() {
    Optional<Stored> now = executions.load(execution.id());
    if (now.isPresent() && now.get().version() != version) {
      rebase(now.get());
    }
  }

  /**
   * Makes everything so far durable.
   *
   * @throws LeaseLost when another worker took the execution over; nothing of this worker was written
   */
  void commit() {
    String op = Executions.newOp();
    StoreException last = null;
    for (int attempt = 0; attempt < Executions.MOST_TRIES; attempt++) {
      Execution next = execution.apply(new Event.Written(op, true));
      List<TaskRecord> rows = changed.stream()
          .map(path -> new TaskRecord(
              next.era(), next.epoch(), next.steps(), known(path), durable.get(path)))
          .toList();
      try {
        if (executions.write(next, version, rows, List.copyOf(blobs.values()))
            == ExecutionStore.Saved.DONE) {
          landed(next, version + 1);
          return;
        }
      } catch (StoreException lost) {
        last = lost;
      }
      Optional<Stored> now =
          last == null ? executions.load(execution.id()) : executions.reload(execution.id(), last);
      if (now.isEmpty()) {
        throw new LeaseLost("execution " + execution.id() + " was deleted");
      }
      if (now.get().execution().op().equals(op)) {
        landed(now.get().execution(), now.get().version());
        return;
      }
      if (now.get().version() != version) {
        rebase(now.get());
      }
    }
    throw new EngineException(
        "execution " + execution.id() + ": too much is being written to it, the sweep goes on");
  }

  private void landed(Execution as, long at) {
    stored = as;
    execution = as;
    version = at;
    pending.clear();
    changed.forEach(path -> durable.put(path, known(path)));
    changed.clear();
    blobs.clear();
    hasFacts = false;
    isLeaseStored = true;
  }

  private void rebase(Stored now) {
    boolean isTaken = !now.execution().era().equals(stored.era());
    if (isTaken && now.execution().era().equals(execution.era())) {
      // our own write landed although its answer was lost, and somebody wrote after it
      landed(now.execution(), now.version());
      return;
    }
    if (isTaken || (isLeaseStored && !isOurs(now.execution()))) {
      throw new LeaseLost("execution " + execution.id() + " is held by another worker");
    }
    stored = now.execution();
    version = now.version();
    execution = stored;
    List<Event> again = List.copyOf(pending);
    pending.clear();
    again.forEach(this::apply);
  }

  private boolean isOurs(Execution e) {
    return e.lease() != null && e.lease().owner().equals(owner);
  }
}
