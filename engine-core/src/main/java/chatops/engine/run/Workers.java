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
import java.time.Instant;
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
      return told(execution);
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

  /** A final row lives on until everybody has been told. */
  private Advanced told(Execution execution) {
    Execution last = execution;
    Herald herald = new Herald(means.ports().notifier(), means.kin());
    for (Event event : herald.tell(
        execution, () -> LastLoop.items(executions.tasks(execution, TaskPath.ROOT)), now())) {
      last =
          executions.change(execution.id(), event).map(Executions.Change::after).orElse(last);
    }
    return new Advanced(Advanced.State.ENDED, last.status().text(), last.wakeAt());
  }

  private Instant now() {
    return means.ports().clock().instant();
  }
}
