package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.action.Action;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;
import chatops.engine.action.Reply;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Parent;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.id.TaskPath;
import chatops.engine.store.StoreException;
import chatops.engine.template.Outputs;
import chatops.engine.template.Task;
import chatops.engine.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Gives a task, or one item of a looping task, its turn: as far as it gets without waiting. */
final class TaskTurns {
  private final Means means;
  private final Ledger ledger;
  private final Journal journal;
  private final Flights flights;
  private final Frames frames;
  private final Calls calls;
  private final Holding holding;
  private final People people;
  private final Nesting nesting;
  private final Loops loops;
  private final Triggers triggers;
  private final Confirmations confirmations;
  private final Pacing pacing;
  private final KeepAlive keepAlive;

  TaskTurns(Means means, Ledger ledger, Journal journal, Flights flights, Frames frames) {
    this.means = means;
    this.ledger = ledger;
    this.journal = journal;
    this.flights = flights;
    this.frames = frames;
    this.people = new People(means, ledger, journal);
    this.holding = new Holding(means, ledger, journal);
    this.pacing = new Pacing(means, ledger.execution());
    this.calls = new Calls(means, ledger, journal, flights, people, holding, pacing);
    this.nesting = new Nesting(means, ledger);
    this.loops = new Loops(means, ledger, journal, this, people);
    this.confirmations = new Confirmations(means, ledger, people);
    this.keepAlive = new KeepAlive(means, ledger, journal, flights);
    this.triggers = new Triggers(ledger, journal, means.kin());
  }

  void turn(TaskPath at, Template template, Task task, TaskExecution run, Turn turn) {
    if (task.isLooping() && !run.isItem()) {
      guarded(run, turn, () -> loops.turn(at, template, task, run, turn));
    } else {
      single(at, template, task, run, turn);
    }
  }

  /** Runs a task, or an item of a looping one. */
  void single(TaskPath at, Template template, Task task, TaskExecution run, Turn turn) {
    guarded(run, turn, () -> {
      while (step(at, template, task, ledger.known(run.path()), turn)) {
        // each step either gets on or must wait
      }
    });
  }

  /** Turns what a template can do wrong into a failed task. */
  private void guarded(TaskExecution run, Turn turn, Runnable step) {
    try {
      step.run();
    } catch (StoreException unavailable) {
      throw unavailable;
    } catch (EngineException wrong) {
      String message = wrong.getMessage() == null ? "" : wrong.getMessage();
      end(ledger.known(run.path()), TaskStatus.FAILED, "", message, turn);
    }
  }

  /** @return whether another step may follow at once */
  private boolean step(TaskPath at, Template template, Task task, TaskExecution run, Turn turn) {
    if (run.status().isFinal()) {
      return false;
    }
    FrameScope scope = new FrameScope(ledger, means, at, template, run.loopItem(), run.startedAt());
    if (run.frame() != null) {
      nested(scope, task, run, turn);
      return false;
    }
    if (flights.isFlying(run.path())) {
      return false;
    }
    if (pacing.holds(run.path(), turn)) {
      return false;
    }
    Reply reply;
    if (run.call() != null) {
      Calls.Settled settled = calls.settle(at, run, run.call(), turn);
      if (settled.isBlocked()) {
        return false;
      }
      reply = settled.reply();
      run = ledger.known(run.path());
    } else {
      reply = flights.take(run.path());
      if (reply == null && isAsking(run) && people.isStale(run, turn)) {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        run = run.running().remembering(nothing);
        ledger.put(run);
      }
      if (reply == null && isAsking(run)) {
        Approval approval = people.approval(run, turn);
        if (!approval.isOpen()) {
          decided(scope, task, run, approval, turn);
          return false;
        }
        turn.people(run.waitingFor());
        if (run.wakeAt() == null) {
          return false;
        }
      }
      if (reply == null && run.wakeAt() != null && turn.now().isBefore(run.wakeAt())) {
        turn.wake(run.wakeAt());
        holding.remind(run.path(), turn);
        return false;
      }
    }
    return follow(scope, task, run, act(scope, task, run, reply, turn), turn);
  }

  private Outcome act(
      FrameScope scope, Task task, TaskExecution run, @Nullable Reply reply, Turn turn) {
    ActionCall call = new ActionCall(
        ledger.execution().id(),
        Amended.task(task, run.changes()),
        scope,
        ledger.execution().request().regionId(),
        people.approvalId(run),
        run.state().deepCopy(),
        reply,
        turn.now(),
        means.ports().links(),
        scope.at().isRoot() ? fired() : null);
    Action action = means.actions().find(task.action());
    return action == null ? nesting.productAction(call) : action.turn(call);
  }

  /** What fired the trigger of this child's parent; null when there is none. */
  private @Nullable JsonNode fired() {
    Parent parent = ledger.execution().request().parent();
    if (parent == null) {
      return null;
    }
    return parent.body() == null ? NullNode.getInstance() : parent.body();
  }

  private static boolean isAsking(TaskExecution run) {
    return !run.waitingFor().isEmpty()
        && !run.waitingFor().equals(WaitingStatus.TRIGGER)
        && !run.waitingFor().equals(WaitingStatus.RISK);
  }

  private boolean follow(
      FrameScope scope, Task task, TaskExecution run, Outcome outcome, Turn turn) {
    if (outcome instanceof Outcome.Done done) {
      succeed(scope, task, run, done.result(), turn);
    } else if (outcome instanceof Outcome.Chosen chosen) {
      succeed(scope, task, run.choosing(chosen.target()), null, turn);
    } else if (outcome instanceof Outcome.Failed failed) {
      end(run, TaskStatus.FAILED, failed.code(), failed.message(), turn);
    } else if (outcome instanceof Outcome.Call call) {
      begin(scope, task, run, call, turn);
    } else if (outcome instanceof Outcome.Send send) {
      ledger.put(run.remembering(send.state()));
      turn.perform(new Turn.Ready.Http(run.path(), send.message()));
    } else if (outcome instanceof Outcome.Sleep sleep) {
      ledger.put(run.remembering(sleep.state()).sleeping(sleep.until()));
      if (!sleep.progress().isEmpty()) {
        turn.progress(run.path(), sleep.progress());
      }
      return !turn.now().isBefore(sleep.until()) || waits(turn, sleep);
    } else if (outcome instanceof Outcome.Ask ask) {
      people.ask(run, ask, turn);
    } else if (outcome instanceof Outcome.Watch watch) {
      if (!scope.at().isRoot()) {
        throw new EngineException("a template that starts with the trigger " + run.action()
            + " cannot run inside a task");
      }
      if (triggers.turn(run, watch, turn)) {
        succeed(scope, task, run.choosing(Task.Targets.END), null, turn);
      }
    } else if (outcome instanceof Outcome.Iterate) {
      nesting.iterate(scope, run);
      return true;
    } else if (outcome instanceof Outcome.Nest nest) {
      keepAlive.check(scope, task);
      nesting.open(scope, run, nest);
      return true;
    } else {
      throw new IllegalStateException("unknown outcome " + outcome);
    }
    return false;
  }

  private void begin(FrameScope scope, Task task, TaskExecution run, Outcome.Call wish, Turn turn) {
    switch (confirmations.verdict(scope, task, run, wish.request(), turn)) {
      case FREE -> {
        TaskExecution free = run.waitingFor().equals(WaitingStatus.RISK) ? run.running() : run;
        calls.begin(scope.at(), free, wish, turn);
      }
      case REFUSED -> {
        String why = confirmations.refusal(run, wish.request(), turn);
        end(run, TaskStatus.CANCELLED, "", why, turn);
      }
      case WAITING -> {}
    }
  }

  private static boolean waits(Turn turn, Outcome.Sleep sleep) {
    turn.wake(sleep.until());
    return false;
  }

  private void decided(
      FrameScope scope, Task task, TaskExecution run, Approval approval, Turn turn) {
    if (approval.isGranted()) {
      succeed(scope, task, run.running(), null, turn);
    } else {
      end(run, TaskStatus.CANCELLED, "", People.refusal(approval), turn);
    }
  }

  private void nested(FrameScope scope, Task task, TaskExecution run, Turn turn) {
    FrameEnd end = frames.walk(run.path(), turn);
    TaskExecution after = ledger.known(run.path());
    if (end == null) {
      keepAlive.turn(scope, task, after, turn);
      return;
    }
    if (end.status() == TaskStatus.SUCCESS) {
      // outputs of ACS::Loop read the tasks of the iteration
      FrameScope inside = task.loopTasks().isEmpty() ? scope : scope.of(run.path());
      succeed(inside, task, after, end.outputs(), turn);
    } else {
      end(after, end.status(), end.code(), end.message(), turn);
    }
  }

  private void succeed(
      FrameScope scope, Task task, TaskExecution run, @Nullable JsonNode result, Turn turn) {
    ObjectNode outputs = JsonNodeFactory.instance.objectNode();
    JsonNode input = result == null ? NullNode.getInstance() : result;
    task.outputs().forEach((name, output) -> {
      JsonNode value = Outputs.shape(output.type(), output.selector().select(input, scope));
      int most = means.settings().limits().value();
      if ((value.isContainerNode() || value.isTextual()) && value.toString().length() > most) {
        throw new EngineException(
            "output " + name + " has more than " + most + " characters; select less of it");
      }
      outputs.set(name, value);
    });
    // results of items are read through the aggregates only
    ledger.put(run.succeeded(outputs, run.isItem() ? null : result, turn.now()));
    if (result != null) {
      ledger.fact();
    }
    journal.info(run.path(), "task=" + run.name() + " status=Success");
  }

  private void end(TaskExecution run, TaskStatus status, String code, String message, Turn turn) {
    ledger.put(run.ended(status, code, message, turn.now()));
    ledger.fact();
    String line = "task=" + run.name() + " status=" + status.text() + " " + code + " " + message;
    journal.error(run.path(), line.strip());
  }
}
