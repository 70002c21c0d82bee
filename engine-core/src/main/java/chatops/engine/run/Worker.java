package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.RowTooLargeException;
import chatops.engine.cloud.CloudParameterStore;
import chatops.engine.cloud.ParameterStore;
import chatops.engine.execution.Event;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Pause;
import chatops.engine.execution.Status;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.execution.Untold;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.id.TaskPath;
import chatops.engine.store.StoreException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Takes one execution from where its row stands to a wait or the end: walks it, commits what must be durable, sends what
 * is ready, waits a little, and walks again. Lives for one invocation, in one thread.
 */
final class Worker {
  /** While waiting in process, people's decisions are looked for this often. */
  private static final Duration GLANCE = Duration.ofSeconds(2);

  /** An invocation that is shorter is too short by itself; a longer one has only been used up. */
  private static final Duration LEAST_TIME = Duration.ofSeconds(30);

  private static final Duration TOO_SHORT = Duration.ofMinutes(1);

  private final Means means;
  private final Ledger ledger;
  private final Flights flights = new Flights();
  private final LogLines lines;
  private final Journal journal;
  private final Frames frames;
  private final Courier courier;
  private final Tenure tenure;
  private final Witness witness;
  private final Sending sending;
  private final Closing closing;
  private final Herald herald;
  private final ProgressReport progress;
  private final Room room;
  private final Admission admission;
  private final Instant begunAt;
  private final Instant deadline;
  private final boolean wasDueAtOnce;
  private Instant lookedAt;

  Worker(
      Means means,
      Executions executions,
      Stored stored,
      List<TaskExecution> tasks,
      String owner,
      Instant deadline) {
    this.means = means;
    this.begunAt = means.ports().clock().instant();
    this.lookedAt = begunAt;
    this.deadline = deadline;
    this.lines = new LogLines(means.ports().store(), means.ports().clock());
    this.ledger = new Ledger(executions, stored, tasks, owner, parameters(means), lines);
    Execution execution = stored.execution();
    this.wasDueAtOnce =
        execution.lease() == null && execution.updatedAt().equals(execution.wakeAt());
    this.journal = new Journal(
        lines,
        means.ports().clock(),
        ledger::execution,
        means.settings().limits().logLine());
    this.frames = new Frames(means, ledger, journal, flights);
    this.tenure = new Tenure(means, ledger, owner);
    this.courier = new Courier(
        means.ports(), means.settings(), means.paces(), execution.caller(), tenure::outlivesCall);
    this.witness = new Witness(ledger);
    this.sending = new Sending(means, ledger, flights, courier, tenure, witness, deadline);
    this.admission = means.admission();
    this.herald = new Herald(means.ports().notifier(), means.kin());
    this.progress = new ProgressReport(means.ports().notifier(), ledger);
    this.room = new Room(ledger);
    this.closing = new Closing(executions, ledger, journal, herald, admission, owner);
  }

  private static ParameterStore parameters(Means means) {
    Ports ports = means.ports();
    return new CloudParameterStore(
        ports.cloud(), ports.credentials(), means.settings().callTimeout(), time -> {
          try {
            ports
                .waits()
                .next(new LinkedBlockingQueue<>(), ports.clock().instant().plus(time));
          } catch (InterruptedException told) {
            // it will be told again where it can stop
            Thread.currentThread().interrupt();
          }
        });
  }

  Advanced run() {
    try {
      tenure.take();
      return work();
    } catch (RowTooLargeException full) {
      return closing.overflow(String.valueOf(full.getMessage()), now());
    } catch (LeaseLost lost) {
      return new Advanced(Advanced.State.BUSY, ledger.execution().status().text(), null);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Advanced(Advanced.State.BUSY, ledger.execution().status().text(), null);
    } finally {
      lines.flush();
    }
  }

  private Advanced work() throws InterruptedException {
    while (true) {
      Turn turn = new Turn(now());
      long seen = ledger.execution().inputs();
      FrameEnd end = walk(turn);
      room.tidy();
      if (end != null) {
        return closing.finish(end, turn.now());
      }
      progress.tell(turn);
      boolean isOutOfTime = !sending.send(turn);
      if (!flights.isEmpty() || !courier.arrivals().isEmpty()) {
        receive(turn);
      } else if (ledger.execution().isHeld()) {
        return parkHeld(seen);
      } else if (isOutOfTime) {
        return park(turn, seen, nextInvocation(turn));
      } else if (!isCancelPending() && !pause(turn)) {
        return park(turn, seen, wakeAt(turn));
      }
    }
  }

  /** At once; unless invocations are too short for any call, when the next can do no better than this and the one before. */
  private Instant nextInvocation(Turn turn) {
    boolean isShort = Duration.between(begunAt, deadline).compareTo(LEAST_TIME) < 0;
    if (sending.hasSent() || !isShort || !wasDueAtOnce) {
      return turn.now();
    }
    journal.warn(
        TaskPath.ROOT,
        "no time for a call of up to " + means.settings().callTimeout()
            + " before this invocation ends: give the function a timeout of a minute or more");
    return turn.now().plus(TOO_SHORT);
  }

  private boolean isCancelPending() {
    return ledger.execution().isCancelWanted() && !ledger.execution().root().isCancelling();
  }

  /** Once a cancel is asked for nothing new starts; when the running calls are back, the tasks end. */
  private @Nullable FrameEnd walk(Turn turn) {
    expire(turn.now());
    if (isCancelPending()) {
      if (!flights.isEmpty()) {
        return null;
      }
      means.kin().cancelChildren(ledger.execution());
      frames.cancel(turn.now());
      if (ledger.execution().root().current() == null) {
        return FrameEnd.cancelled(Frames.message(ledger.execution().cancellation()));
      }
    }
    if (ledger.execution().root().current() == null && !means.kin().isWanted(ledger.execution())) {
      return FrameEnd.cancelled("the trigger execution it belongs to has ended");
    }
    try {
      frames.obey(turn.now());
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

  /** Cancels an execution that has taken longer than it may; one that waits for a trigger may for ever. */
  private void expire(Instant now) {
    Instant until = admission.until(ledger.execution());
    if (until != null && !now.isBefore(until)) {
      ledger.apply(new Event.CancelRequested(admission.late(ledger.execution(), now)));
      ledger.fact();
    }
  }

  private void receive(Turn turn) throws InterruptedException {
    Instant until = now().plus(means.settings().callTimeout());
    if (turn.wakeAt() != null && turn.wakeAt().isBefore(until)) {
      until = turn.wakeAt();
    }
    Courier.Arrival arrival = means.ports().waits().next(courier.arrivals(), until);
    while (arrival != null) {
      witness.back(arrival, now());
      flights.arrive(arrival.path(), arrival.reply());
      arrival = courier.arrivals().poll();
    }
    tenure.keep();
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
      now = now();
      if (!now.isBefore(lookedAt.plus(GLANCE))) {
        // waits shorter than a glance, one after the other, read the row no more often than one
        // long
        ledger.refresh();
        lookedAt = now;
      }
      tenure.keep();
    }
    return true;
  }

  private Instant wakeAt(Turn turn) {
    Instant latest = turn.now().plus(means.settings().longestSleep());
    Instant wanted = turn.wakeAt();
    Instant until = admission.until(ledger.execution());
    if (until != null && until.isBefore(latest)) {
      latest = until;
    }
    return wanted == null || wanted.isAfter(latest) ? latest : wanted;
  }

  private Advanced parkHeld(long seen) {
    Turn quiet = new Turn(now());
    Pause pause = ledger.execution().pause();
    String why = pause == null || pause.reason().isBlank() ? "" : ": " + pause.reason();
    quiet.people(
        WaitingStatus.PAUSE, pause == null ? "" : "paused by " + pause.by().name() + why);
    return park(quiet, seen, wakeAt(quiet));
  }

  private Advanced park(Turn turn, long seen, Instant until) {
    tell();
    Instant earliest = ledger.execution().untold().stream()
        .map(Untold::nextAt)
        .filter(at -> at.isBefore(until))
        .min(Instant::compareTo)
        .orElse(until);
    Status status = turn.waitingFor().isEmpty() ? Status.RUNNING : Status.WAITING;
    ledger.apply(
        new Event.Parked(status, turn.waitingFor(), turn.message(), earliest, seen, turn.now()));
    ledger.commit();
    Execution parked = ledger.execution();
    if (parked.wakeAt() != null) {
      means.ports().invoker().wake(parked.id(), ledger.version(), parked.wakeAt());
    }
    return new Advanced(Advanced.State.PARKED, parked.status().text(), parked.wakeAt());
  }

  private void tell() {
    herald
        .tell(ledger.execution(), () -> LastLoop.items(ledger.all()), now())
        .forEach(ledger::apply);
  }

  private Instant now() {
    return means.ports().clock().instant();
  }
}
