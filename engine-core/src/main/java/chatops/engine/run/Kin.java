package chatops.engine.run;

import chatops.engine.execution.AdmissionEvent;
import chatops.engine.execution.Cancellation;
import chatops.engine.execution.Event;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Firing;
import chatops.engine.execution.Frame;
import chatops.engine.execution.Lease;
import chatops.engine.execution.Parent;
import chatops.engine.execution.Request;
import chatops.engine.execution.Status;
import chatops.engine.execution.TriggerEvent;
import chatops.engine.execution.Watch;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.Blob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an execution has to do with others: a trigger execution with its children, a child with its parent. Thread-safe. */
final class Kin {
  private final Ports ports;
  private final Executions executions;
  private final Admission admission;

  Kin(Ports ports, Executions executions, Admission admission) {
    this.admission = admission;
    this.ports = ports;
    this.executions = executions;
  }

  /** Writes the child's row, unless it is there, and has it looked at. Its parent must know the firing durably. */
  void start(Execution parent, Firing firing) {
    Instant now = ports.clock().instant();
    Request of = parent.request();
    Request request = new Request(
        of.template(),
        of.parameters(),
        of.noEcho(),
        of.startedBy(),
        of.replyAddress(),
        of.origin(),
        of.regionId(),
        of.ramRole(),
        of.mode(),
        now,
        of.category(),
        new Parent(parent.id(), firing.at(), firing.body()),
        of.loopMode(),
        of.safetyCheck());
    Frame root = Frame.opened(of.template(), of.parameters(), of.ramRole(), false);
    Execution child = Execution.created(
            firing.child(), request, root, new Lease("", now), Executions.newOp(), now)
        .apply(
            admission.isHeld(of.template().name())
                ? new AdmissionEvent.Queued("", now, now)
                : new Event.Parked(Status.STARTED, "", "", now, 0, now));
    Optional<Blob> text = executions.blob(parent.id(), of.template().hash());
    executions.create(child, text.stream().toList());
    ports.invoker().wake(firing.child(), 1, now);
  }

  /** How a child ended; null while it goes on. One whose row is gone has ended. */
  @Nullable
  Status end(ExecutionId child) {
    Status status =
        executions.load(child).map(s -> s.execution().status()).orElse(Status.CANCELLED);
    return status.isFinal() ? status : null;
  }

  /** Whether a child that has not begun may begin: its parent is there, waits for it, and is not being cancelled. */
  boolean isWanted(Execution child) {
    Parent of = child.request().parent();
    if (of == null) {
      return true;
    }
    Execution parent = executions.load(of.execution()).map(Stored::execution).orElse(null);
    Watch watch = parent == null ? null : parent.watch();
    return parent != null
        && watch != null
        && !parent.status().isFinal()
        && !parent.isCancelWanted()
        && watch.has(child.id());
  }

  /** Tells the parent that its child has ended; a parent that is gone or has ended needs no telling. */
  void tellParent(Execution child) {
    Parent of = child.request().parent();
    if (of == null) {
      return;
    }
    Instant now = ports.clock().instant();
    executions
        .change(of.execution(), new TriggerEvent.ChildEnded(child.id(), child.status(), now))
        .filter(change -> !change.isNone())
        .ifPresent(change -> ports.invoker().wake(of.execution(), change.version(), now));
  }

  /** Cancels the children that still run. Asking again changes nothing. */
  void cancelChildren(Execution parent) {
    Watch watch = parent.watch();
    Cancellation why = parent.cancellation();
    if (watch == null || why == null) {
      return;
    }
    for (Firing firing : watch.firings()) {
      executions
          .change(firing.child(), new Event.CancelRequested(why))
          .filter(change -> !change.isNone())
          .ifPresent(change -> ports.invoker().wake(firing.child(), change.version(), why.at()));
    }
  }

  List<ExecutionId> ended(Watch watch) {
    return watch.firings().stream()
        .filter(Firing::isStarted)
        .map(Firing::child)
        .filter(child -> end(child) != null)
        .toList();
  }
}
