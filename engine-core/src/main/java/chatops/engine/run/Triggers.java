package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.action.Outcome;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Firing;
import chatops.engine.execution.Status;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TriggerEvent;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.execution.Watch;
import chatops.engine.id.ExecutionId;
import chatops.engine.schedule.Schedule;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a trigger and starts a child execution whenever it fires (specification 7.11). A firing is durable in the
 * parent's row before its child is started, and the child's id derives from the firing: a crash repeats the start, and
 * the repetition finds the row.
 */
final class Triggers {
  private final Ledger ledger;
  private final Journal journal;
  private final Kin kin;

  Triggers(Ledger ledger, Journal journal, Kin kin) {
    this.ledger = ledger;
    this.journal = journal;
    this.kin = kin;
  }

  /** @return whether the waiting is over */
  boolean turn(TaskExecution run, Outcome.Watch wanted, Turn turn) {
    Schedule schedule = wanted.schedule();
    if (ledger.execution().watch() == null) {
      open(run, wanted, turn);
    }
    if (schedule != null) {
      fire(run, schedule, turn);
    }
    start();
    Watch watch = watch();
    boolean isIdle = watch.firings().isEmpty();
    if (isIdle && schedule != null && watch.nextAt() == null && isPast(wanted.end(), turn)) {
      return true;
    }
    rest(ledger.known(run.path()), isIdle);
    if (isIdle) {
      turn.people(WaitingStatus.TRIGGER);
    }
    Instant wakeAt = watch.nextAt() == null ? wanted.end() : watch.nextAt();
    if (wakeAt != null && turn.now().isBefore(wakeAt)) {
      turn.wake(wakeAt);
    }
    return false;
  }

  private void open(TaskExecution run, Outcome.Watch wanted, Turn turn) {
    Schedule schedule = wanted.schedule();
    Instant next = schedule == null ? null : schedule.next(run.startedAt());
    boolean isEnded = wanted.end() != null && isPast(wanted.end(), turn);
    if (schedule != null && next == null && !isEnded) {
      throw new EngineException("the schedule never fires after " + run.startedAt()
          + "; correct Expression, StartDate or EndDate");
    }
    ledger.apply(new TriggerEvent.Watched(next, 0));
    ledger.put(run.remembering(wanted.state()).waiting(WaitingStatus.TRIGGER, null));
    ledger.fact();
    if (next != null) {
      journal.info(run.path(), "task=" + run.name() + " status=Waiting next=" + next);
    }
  }

  /** What is overdue fires once, however long nobody looked; what has a running child before it is left out. */
  private void fire(TaskExecution run, Schedule schedule, Turn turn) {
    Instant due = watch().nextAt();
    if (due == null || turn.now().isBefore(due)) {
      return;
    }
    for (ExecutionId child : kin.ended(watch())) {
      Status how = Objects.requireNonNullElse(kin.end(child), Status.CANCELLED);
      ledger.apply(new TriggerEvent.ChildEnded(child, how, turn.now()));
    }
    Instant next = schedule.next(turn.now());
    Instant notBefore = watch().notBefore();
    String why = "";
    if (ledger.execution().isHeld() || notBefore != null && !due.isAfter(notBefore)) {
      why = "the execution was paused";
    } else if (!watch().firings().isEmpty()) {
      why = watch().firings().get(0).child() + " still runs";
    }
    if (why.isEmpty()) {
      Firing firing =
          new Firing(Firings.child(ledger.execution().id(), due.toString()), due, null, false);
      ledger.apply(new TriggerEvent.Fired(firing, false));
      journal.info(run.path(), "task=" + run.name() + " fires child=" + firing.child());
    } else {
      journal.warn(run.path(), "task=" + run.name() + " firing of " + due + " skipped: " + why);
    }
    ledger.apply(new TriggerEvent.Watched(next, why.isEmpty() ? 0 : 1));
    ledger.fact();
  }

  private void start() {
    if (watch().firings().stream().allMatch(Firing::isStarted)) {
      return;
    }
    ledger.commit();
    Execution parent = ledger.execution();
    if (parent.isCancelWanted() || parent.isHeld()) {
      return;
    }
    for (Firing firing : watch().firings()) {
      if (!firing.isStarted()) {
        kin.start(parent, firing);
        ledger.apply(new TriggerEvent.Begun(firing.child()));
      }
    }
  }

  private void rest(TaskExecution run, boolean isIdle) {
    boolean rests = run.waitingFor().equals(WaitingStatus.TRIGGER);
    if (rests != isIdle) {
      ledger.put(isIdle ? run.waiting(WaitingStatus.TRIGGER, null) : run.running());
    }
  }

  private static boolean isPast(@Nullable Instant end, Turn turn) {
    return end == null || !turn.now().isBefore(end);
  }

  private Watch watch() {
    return Objects.requireNonNull(ledger.execution().watch(), "the watch was opened");
  }
}
