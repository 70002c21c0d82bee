package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.effect.EffectClass;
import chatops.engine.execution.Event;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Lease;
import chatops.engine.execution.Status;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.execution.Untold;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.store.StoreException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes one execution from where its row stands to a wait or the end: walks it, commits what must be durable, sends what
 * is ready, waits a little, and walks again. Lives for one invocation, in one thread.
 */
final class Worker {
  /** While waiting in process, people's decisions are looked for this often. */
  private static final Duration GLANCE = Duration.ofSeconds(2);

  private final Means means;
  private final Ledger ledger;
  private final Flights flights = new Flights();
  private final Journal journal;
  private final Frames frames;
  private final Courier courier;
  private final Herald herald;
  private final Instant deadline;
  private final String owner;
  private long leaseEnds;

  Worker(
      Means means,
      Executions executions,
      Stored stored,
      List<TaskExecution> tasks,
      String owner,
      Instant deadline) {
    this.means = means;
    this.owner = owner;
    this.deadline = deadline;
    this.ledger = new Ledger(executions, stored, tasks, owner);
    Execution execution = stored.execution();
    this.journal = new Journal(means.ports().store(), means.ports().clock(), execution);
    this.frames = new Frames(means, ledger, journal, flights);
    this.courier = new Courier(means.ports(), means.settings(), execution.id());
    this.herald = new Herald(means.ports().notifier());
  }

  Advanced run() {
    try {
      take();
      return work();
    } catch (LeaseLost lost) {
      return new Advanced(Advanced.State.BUSY, ledger.execution().status().text(), null);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Advanced(Advanced.State.BUSY, ledger.execution().status().text(), null);
    } finally {
      journal.flush();
    }
  }

  private void take() {
    Instant now = now();
    Lease lease = lease(now);
    ledger.take(lease, now);
    Lease held = ledger.execution().lease();
    Instant until = held == null ? lease.until() : held.until();
    leaseEnds = means.ports().nanos().getAsLong() + Duration.between(now, until).toNanos();
  }

  private Lease lease(Instant now) {
    return new Lease(owner, now.plus(means.settings().lease()));
  }

  private Advanced work() throws InterruptedException {
    while (true) {
      Turn turn = new Turn(now());
      long seen = ledger.execution().inputs();
      FrameEnd end = walk(turn);
      if (end != null) {
        return finish(end, turn.now());
      }
      boolean isOutOfTime = !send(turn);
      if (!flights.isEmpty() || !courier.arrivals().isEmpty()) {
        receive(turn);
      } else if (isOutOfTime) {
        return park(turn, seen, turn.now());
      } else if (!isCancelPending() && !pause(turn)) {
        return park(turn, seen, wakeAt(turn));
      }
    }
  }

  private boolean isCancelPending() {
    return ledger.execution().isCancelWanted() && !ledger.execution().root().isCancelling();
  }

  /** Once a cancel is asked for nothing new starts; when the running calls are back, the tasks end. */
  private @Nullable FrameEnd walk(Turn turn) {
    if (isCancelPending()) {
      if (!flights.isEmpty()) {
        return null;
      }
      frames.cancel(turn.now());
    }
    try {
      return frames.walk(TaskPath.ROOT, turn);
    } catch (StoreException unavailable) {
      throw unavailable;
    } catch (EngineException wrong) {
      return new FrameEnd(
          TaskStatus.FAILED,
          "",
          String.valueOf(wrong.getMessage()),
          JsonNodeFactory.instance.objectNode());
    }
  }

  /** Sends what is ready, after committing what that needs. @return false when there is no time left for it */
  private boolean send(Turn turn) {
    if (turn.ready().isEmpty()) {
      return true;
    }
    if (now().plus(means.settings().callTimeout()).isAfter(deadline)) {
      turn.ready().forEach(this::withdraw);
      return false;
    }
    if (mustCommit(turn)) {
      ledger.commit();
      if (isCancelPending()) {
        turn.ready().forEach(this::withdraw);
        return true;
      }
    }
    int calls = 0;
    for (Turn.Ready effect : turn.ready()) {
      calls += depart(effect);
    }
    ledger.apply(new Event.Called(calls));
    turn.ready().forEach(courier::send);
    return true;
  }

  private boolean mustCommit(Turn turn) {
    boolean must = false;
    boolean isMutating = false;
    for (Turn.Ready effect : turn.ready()) {
      if (effect instanceof Turn.Ready.Api api) {
        isMutating |= api.effect() != EffectClass.READ;
        must |= api.effect() == EffectClass.ONCE;
      } else {
        must |= !ledger.isLeaseStored();
      }
    }
    if (isMutating && !outlives(means.settings().callTimeout())) {
      renew();
      must = true;
    }
    return must || (isMutating && ledger.hasFacts());
  }

  /** On a monotonic clock, so that a clock that is set back cannot stretch the lease. */
  private boolean outlives(Duration call) {
    long left = leaseEnds - means.ports().nanos().getAsLong();
    return left > call.plus(means.settings().skew()).toNanos();
  }

  private void renew() {
    Instant now = now();
    ledger.renew(lease(now));
    leaseEnds = means.ports().nanos().getAsLong() + means.settings().lease().toNanos();
  }

  private int depart(Turn.Ready effect) {
    flights.depart(effect.path());
    if (effect instanceof Turn.Ready.Http) {
      return 0;
    }
    TaskExecution run = ledger.known(effect.path());
    if (run.call() != null) {
      ledger.put(run.called().calling(run.call().sent()));
    }
    return 1;
  }

  /** An intent that was not sent is no intent: the next worker states it again. */
  private void withdraw(Turn.Ready effect) {
    TaskExecution run = ledger.known(effect.path());
    if (run.call() != null && run.call().tries() == 0) {
      ledger.put(run.calling(null));
    } else if (run.call() != null && run.call().checking().isEmpty()) {
      ledger.put(run.calling(run.call().later(now())));
    }
  }

  private void receive(Turn turn) throws InterruptedException {
    Instant until = now().plus(means.settings().callTimeout());
    if (turn.wakeAt() != null && turn.wakeAt().isBefore(until)) {
      until = turn.wakeAt();
    }
    Courier.Arrival arrival = means.ports().waits().next(courier.arrivals(), until);
    while (arrival != null) {
      flights.arrive(arrival.path(), arrival.reply());
      arrival = courier.arrivals().poll();
    }
    keepLease();
  }

  private void keepLease() {
    if (ledger.isLeaseStored() && !outlives(means.settings().lease().dividedBy(3))) {
      renew();
      ledger.commit();
    }
  }

  /** Waits in process when it is short enough. @return false when the execution should be parked instead */
  private boolean pause(Turn turn) throws InterruptedException {
    Instant until = turn.wakeAt();
    Instant now = now();
    if (until == null
        || until.isAfter(now.plus(means.settings().inProcessWait()))
        || until.plus(means.settings().callTimeout()).isAfter(deadline)) {
      return until != null && !until.isAfter(now);
    }
    if (!turn.waitingFor().isEmpty() && ledger.hasFacts()) {
      // people cannot decide what is not written yet
      tell();
      ledger.commit();
    }
    long seen = ledger.execution().inputs();
    while (now.isBefore(until) && ledger.execution().inputs() == seen) {
      Instant glance = now.plus(GLANCE);
      means.ports().waits().next(courier.arrivals(), glance.isBefore(until) ? glance : until);
      ledger.refresh();
      keepLease();
      now = now();
    }
    return true;
  }

  private Instant wakeAt(Turn turn) {
    Instant latest = turn.now().plus(means.settings().longestSleep());
    Instant wanted = turn.wakeAt();
    return wanted == null || wanted.isAfter(latest) ? latest : wanted;
  }

  private Advanced park(Turn turn, long seen, Instant until) {
    tell();
    Instant earliest = ledger.execution().untold().stream()
        .map(Untold::nextAt)
        .filter(at -> at.isBefore(until))
        .min(Instant::compareTo)
        .orElse(until);
    Status status = turn.waitingFor().isEmpty() ? Status.RUNNING : Status.WAITING;
    ledger.apply(new Event.Parked(status, turn.waitingFor(), "", earliest, seen, turn.now()));
    ledger.commit();
    Execution parked = ledger.execution();
    if (parked.wakeAt() != null) {
      means.ports().invoker().wake(parked.id(), ledger.version(), parked.wakeAt());
    }
    return new Advanced(Advanced.State.PARKED, parked.status().text(), parked.wakeAt());
  }

  private void tell() {
    herald.tell(ledger.execution(), now()).forEach(ledger::apply);
  }

  private Advanced finish(FrameEnd end, Instant now) {
    ExecutionId id = ledger.execution().id();
    Status status = switch (end.status()) {
      case SUCCESS -> Status.SUCCESS;
      case CANCELLED -> Status.CANCELLED;
      case FAILED, RUNNING, WAITING, SKIPPED -> Status.FAILED;
    };
    ledger.apply(new Event.Ended(status, end.message(), end.outputs(), now));
    ledger.apply(new Event.ToTell(
        new Untold(Digest.id(id.value(), "ENDED"), Untold.Kind.ENDED, "", 0, now)));
    journal.info(
        TaskPath.ROOT,
        ("execution=" + id + " status=" + status.text() + " " + end.message()).strip());
    ledger.commit();
    tell();
    if (ledger.isChanged()) {
      ledger.commit();
    }
    return new Advanced(Advanced.State.ENDED, status.text(), ledger.execution().wakeAt());
  }

  private Instant now() {
    return means.ports().clock().instant();
  }
}
