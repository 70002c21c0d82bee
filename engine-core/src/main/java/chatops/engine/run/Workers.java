package chatops.engine.run;

import chatops.engine.StartExecution;
import chatops.engine.action.Actions;
import chatops.engine.effect.EffectCatalog;
import chatops.engine.execution.Event;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Lease;
import chatops.engine.execution.Status;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.pace.Paces;
import chatops.engine.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Puts one worker on an execution at a time, as far as this process can see. Thread-safe. */
public final class Workers {
  private final Executions executions;
  private final Means means;
  private final Admission admission;
  private final String owner;
  private final Set<ExecutionId> running = ConcurrentHashMap.newKeySet();

  /** What came of telling the end of executions, while the store takes nothing. */
  private final Map<ExecutionId, Told> unstored = new ConcurrentHashMap<>();

  /** @param version of the row that was told of */
  private record Told(long version, List<Event> events) {}

  public Workers(
      Ports ports,
      Settings settings,
      Executions executions,
      Library library,
      Admission admission,
      String owner,
      Consumer<StartExecution> starter) {
    this.executions = executions;
    this.owner = owner;
    this.admission = admission;
    this.means = new Means(
        ports,
        settings,
        library,
        Actions.builtIn(),
        EffectCatalog.shipped(),
        new Kin(ports, executions, admission),
        new OwnOos(ports, executions, library, starter),
        admission,
        new Paces(owner.hashCode()));
  }

  public Advanced advance(ExecutionId id, Instant deadline) {
    if (!running.add(id)) {
      return new Advanced(Advanced.State.BUSY, "", null);
    }
    try {
      while (true) {
        Advanced advanced = once(id, deadline);
        boolean isDue = advanced.state() == Advanced.State.PARKED
            && advanced.wakeAt() != null
            && !advanced.wakeAt().isAfter(now());
        if (!isDue || !now().plus(means.settings().callTimeout()).isBefore(deadline)) {
          return advanced;
        }
      }
    } finally {
      running.remove(id);
    }
  }

  private Advanced once(ExecutionId id, Instant deadline) {
    Optional<Stored> stored = executions.load(id);
    if (stored.isEmpty()) {
      return new Advanced(Advanced.State.UNKNOWN, "", null);
    }
    Execution execution = stored.get().execution();
    if (execution.status().isFinal()) {
      return told(stored.get());
    }
    Lease held = execution.lease();
    if (held != null && execution.isHeldByOther(owner, now())) {
      return new Advanced(Advanced.State.BUSY, execution.status().text(), held.until());
    }
    if (execution.status() == Status.QUEUED) {
      Advanced waiting = admission.hold(execution);
      if (waiting != null) {
        return waiting;
      }
      stored = executions.load(id);
      if (stored.isEmpty()) {
        return new Advanced(Advanced.State.UNKNOWN, "", null);
      }
      execution = stored.get().execution();
    }
    return new Worker(
            means,
            executions,
            stored.get(),
            executions.tasks(execution, TaskPath.ROOT),
            owner,
            deadline)
        .run();
  }

  /** A final row lives on until everybody has been told. What the store did not take is not told again by this process. */
  private Advanced told(Stored stored) {
    Execution last = stored.execution();
    ExecutionId id = last.id();
    Told before = unstored.remove(id);
    Told told = before != null && before.version() == stored.version()
        ? before
        : new Told(stored.version(), tell(last));
    try {
      for (Event event : told.events()) {
        last = executions.change(id, event).map(Executions.Change::after).orElse(last);
      }
    } catch (StoreException away) {
      unstored.put(id, told);
      throw away;
    }
    return new Advanced(Advanced.State.ENDED, last.status().text(), last.wakeAt());
  }

  private List<Event> tell(Execution execution) {
    return new Herald(means.ports().notifier(), means.kin())
        .tell(execution, () -> LastLoop.items(executions.tasks(execution, TaskPath.ROOT)), now());
  }

  private Instant now() {
    return means.ports().clock().instant();
  }
}
