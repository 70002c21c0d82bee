package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.audit.AuditRecord;
import chatops.engine.cloud.ParameterStore;
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
import chatops.engine.store.LogRow;
import chatops.engine.store.StoreException;
import chatops.engine.view.Mask;
import chatops.engine.view.Views;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one worker knows of its execution: the row as it will be, the events that lead there from the stored row, and the
 * task rows that changed. {@link #commit} makes all of it durable at once, rebasing on whatever people wrote meanwhile.
 * Used by one thread.
 */
final class Ledger {
  private final Executions executions;
  private final String owner;
  private final ParameterStore parameters;
  private final TaskRows tasks;
  private final LogLines lines;
  private final List<Event> pending = new ArrayList<>();
  private final Map<String, Blob> blobs = new LinkedHashMap<>();
  private final List<AuditRecord> notes = new ArrayList<>();
  private Execution execution;
  private Execution stored;
  private long version;
  private boolean isLeaseStored;
  private boolean hasFacts;
  private @Nullable Mask mask;
  private int masked;
  private int secretsRead;

  Ledger(
      Executions executions,
      Stored from,
      List<TaskExecution> tasks,
      String owner,
      ParameterStore parameters,
      LogLines lines) {
    this.executions = executions;
    this.lines = lines;
    this.parameters = parameters;
    this.owner = owner;
    this.stored = from.execution();
    this.execution = from.execution();
    this.version = from.version();
    this.tasks = new TaskRows(tasks);
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
      return;
    }
    pending.replaceAll(event ->
        event instanceof Event.Leased taken ? new Event.Leased(lease, taken.era()) : event);
    again();
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
    return tasks.find(path);
  }

  TaskExecution known(TaskPath path) {
    TaskExecution task = tasks.find(path);
    if (task == null) {
      throw new EngineException(
          "execution " + execution.id() + ": the row of task " + path + " is missing");
    }
    return task;
  }

  /** Nested templates and iterations that were begun. */
  int frames() {
    return tasks.frames();
  }

  void put(TaskExecution task) {
    tasks.put(task);
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
    return tasks.items(loop);
  }

  Iterable<TaskExecution> all() {
    return tasks.all();
  }

  Frame frame(TaskPath at) {
    Frame frame = at.isRoot() ? execution.root() : known(at).frame();
    if (frame == null) {
      throw new EngineException("execution " + execution.id() + ": no frame at " + at);
    }
    return frame;
  }

  /** The frame whose parameters are seen at a frame: its own, or that of the template around an iteration. */
  TaskPath home(TaskPath at) {
    TaskPath home = at;
    while (frame(home).isIteration()) {
      home = home.loop().frame();
    }
    return home;
  }

  /** A value of the parameter store, read once per execution with the rights of the frame at {@code at}. */
  String fetched(String reference, TaskPath at) {
    String known = execution.fetched().get(reference);
    if (known != null) {
      return known;
    }
    String value =
        parameters.value(execution.caller(), execution.request().regionId(), role(at), reference);
    apply(new Event.Fetched(reference, value));
    return value;
  }

  /** What may not be shown, as far as it is known now. */
  Mask mask() {
    Mask now = mask;
    int known = execution.fetched().size() + execution.pieces().texts().size();
    if (now == null || known != masked) {
      now = Views.mask(execution);
      mask = now;
      masked = known;
    }
    return now;
  }

  /** A secret was read; what is made of it from here on is one too. */
  void secretRead() {
    secretsRead++;
  }

  int secretsRead() {
    return secretsRead;
  }

  /** Keeps what was made of secrets, unless the secrets themselves can be seen in it, where they are hidden anyway. */
  void made(JsonNode value, List<JsonNode> of) {
    List<String> pieces = MadeOfSecrets.pieces(value, of, mask());
    if (!pieces.isEmpty()) {
      apply(new Event.Made(pieces));
    }
  }

  /** The role of the frame at a place; of the one around it while that is being opened. */
  private String role(TaskPath at) {
    if (at.isRoot()) {
      return execution.root().ramRole();
    }
    TaskExecution task = tasks.find(at);
    Frame frame = task == null ? null : task.frame();
    return frame == null ? role(at.frame()) : frame.ramRole();
  }

  void setFrame(TaskPath at, Frame frame, Instant now) {
    if (at.isRoot()) {
      pending.removeIf(event -> event instanceof Event.Moved);
      apply(new Event.Moved(frame, Status.RUNNING, now));
    } else {
      put(known(at).nesting(frame));
    }
  }

  /** Whether the task's row is as it stands here. */
  boolean isDurable(TaskPath path) {
    return tasks.isStored(path);
  }

  void keep(Blob blob) {
    blobs.put(blob.hash(), blob);
  }

  /** Goes into the audit trail with the next commit. */
  void note(AuditRecord record) {
    notes.add(record);
  }

  /** What waits for the next commit to get into the audit trail. */
  List<AuditRecord> notes() {
    return List.copyOf(notes);
  }

  boolean isChanged() {
    return !pending.isEmpty() || tasks.isChanged();
  }

  /** Looks for what people wrote meanwhile. */
  void refresh() {
    Optional<Stored> now = executions.load(execution.id());
    if (now.isPresent() && now.get().version() != version) {
      rebase(now.get(), true);
    }
  }

  /**
   * Makes everything so far durable.
   *
   * @throws LeaseLost when another worker took the execution over; nothing of this worker was written
   */
  void commit() {
    if (!isLeaseStored && tasks.isChanged()) {
      // until the lease stands, another worker may write task rows under the same epoch
      write(false);
    }
    write(true);
  }

  /** @param isWhole false writes the lease and nothing else */
  private void write(boolean isWhole) {
    String op = Executions.newOp();
    StoreException last = null;
    for (int attempt = 0; attempt < Executions.MOST_TRIES; attempt++) {
      Execution from = isWhole ? execution : leased();
      Execution next = from.apply(new Event.Written(op, true));
      List<TaskRecord> rows = isWhole ? tasks.changes(next) : List.of();
      List<Blob> values = isWhole ? List.copyOf(blobs.values()) : List.of();
      List<LogRow> said = lines.ofCommit();
      try {
        Sealer.Sealed sealed = executions.seal(
            stored, next, version, true, rows, values, isWhole ? List.copyOf(notes) : List.of());
        if (executions.write(sealed.saying(said)) == ExecutionStore.Saved.DONE) {
          lines.stored(said);
          landed(sealed.execution(), version + 1, isWhole);
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
        landed(now.get().execution(), now.get().version(), isWhole);
        return;
      }
      if (now.get().version() != version) {
        rebase(now.get(), isWhole);
      }
    }
    throw last == null
        ? new EngineException(
            "execution " + execution.id() + ": too much is being written to it, the sweep goes on")
        : last;
  }

  private Execution leased() {
    Execution leased = stored;
    for (Event event : pending) {
      leased = event instanceof Event.Leased ? leased.apply(event) : leased;
    }
    return leased;
  }

  private void landed(Execution as, long at, boolean isWhole) {
    stored = as;
    execution = as;
    version = at;
    isLeaseStored = true;
    if (!isWhole) {
      pending.removeIf(event -> event instanceof Event.Leased);
      again();
      return;
    }
    pending.clear();
    tasks.stored();
    blobs.clear();
    notes.clear();
    hasFacts = false;
  }

  /** Applies what is pending to the stored row. */
  private void again() {
    List<Event> events = List.copyOf(pending);
    pending.clear();
    execution = stored;
    events.forEach(this::apply);
  }

  private void rebase(Stored now, boolean isWhole) {
    boolean isTaken = !now.execution().era().equals(stored.era())
        || (!isLeaseStored && now.execution().steps() != stored.steps());
    if (isTaken && now.execution().era().equals(execution.era())) {
      // our own write landed although its answer was lost, and somebody wrote after it
      landed(now.execution(), now.version(), isWhole);
      return;
    }
    if (isTaken || (isLeaseStored && !isOurs(now.execution()))) {
      throw new LeaseLost("execution " + execution.id() + " is held by another worker");
    }
    stored = now.execution();
    version = now.version();
    again();
  }

  private boolean isOurs(Execution e) {
    return e.lease() != null && e.lease().owner().equals(owner);
  }
}
