package chatops.engine.run;

import chatops.engine.execution.Cancellation;
import chatops.engine.execution.Event;
import chatops.engine.execution.Failure;
import chatops.engine.execution.Frame;
import chatops.engine.execution.Mode;
import chatops.engine.execution.Status;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.execution.Untold;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.expression.ExpressionException;
import chatops.engine.expression.Truth;
import chatops.engine.id.TaskPath;
import chatops.engine.template.Task;
import chatops.engine.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks a frame from task to task until one must wait, or the frame ends (specification 4.2). */
final class Frames {
  private final Means means;
  private final Ledger ledger;
  private final Journal journal;
  private final TaskTurns tasks;
  private final Orders orders;
  private final Debugging debugging;

  Frames(Means means, Ledger ledger, Journal journal, Flights flights) {
    this.means = means;
    this.ledger = ledger;
    this.journal = journal;
    this.tasks = new TaskTurns(means, ledger, journal, flights, this);
    this.debugging = new Debugging(means, ledger);
    this.orders = new Orders(means, ledger, journal, debugging);
  }

  /** Does what people ordered since the last walk. */
  void obey(Instant now) {
    orders.obey(now);
  }

  /** @return how the frame ended; null while it goes on */
  @Nullable
  FrameEnd walk(TaskPath at, Turn turn) {
    Status ordered = at.isRoot() && debugging.isOn() ? debugging.end() : null;
    if (ordered != null) {
      return ended(ordered, turn.now());
    }
    Template template = means.library().of(ledger, at);
    if (ledger.frame(at).current() == null) {
      if (ledger.frame(at).isCancelling()) {
        return FrameEnd.cancelled(message(ledger.execution().cancellation()));
      }
      if (ledger.execution().isHeld()) {
        return null;
      }
      start(at, template, template.tasks().get(0), turn);
    }
    while (true) {
      TaskExecution run = current(at);
      Task task = task(template, run.name());
      if (run.waitingFor().equals(WaitingStatus.FAILURE)) {
        turn.people(WaitingStatus.FAILURE, failure(run));
        return null;
      }
      if (run.waitingFor().equals(WaitingStatus.DEBUG)) {
        debugging.rest(turn, "next: " + run.name());
        return null;
      }
      if (!run.status().isFinal()) {
        tasks.turn(at, template, task, run, turn);
        run = current(at);
        if (!run.status().isFinal()) {
          return null;
        }
      }
      Frame frame = ledger.frame(at);
      if (run.path().equals(frame.cancelledAt()) && run.status() != TaskStatus.CANCELLED) {
        return FrameEnd.cancelled(message(ledger.execution().cancellation()));
      }
      if (run.status() == TaskStatus.FAILED && pausesAtFailures() && !frame.isCancelling()) {
        hold(run, turn);
        return null;
      }
      Task next = next(template, task, target(run, task));
      note(at, run, task, next, turn.now());
      if (next == null && at.isRoot() && debugging.isOn() && !frame.isCancelling()) {
        debugging.rest(turn, "no task follows");
        return null;
      }
      if (next == null) {
        return end(at, template, run, task, turn.now());
      }
      int most = means.settings().limits().starts();
      if (ledger.frame(at).started() >= most) {
        return new FrameEnd(
            TaskStatus.FAILED,
            "TooManyTasks",
            "more than " + most + " task starts: the template jumps backwards for ever",
            JsonNodeFactory.instance.objectNode());
      }
      if (ledger.execution().isHeld()) {
        return null;
      }
      start(at, template, next, turn);
    }
  }

  /** In Debug mode somebody says how it ends. */
  private FrameEnd ended(Status how, Instant now) {
    TaskStatus status = switch (how) {
      case SUCCESS -> TaskStatus.SUCCESS;
      case CANCELLED -> TaskStatus.CANCELLED;
      default -> TaskStatus.FAILED;
    };
    ObjectNode outputs = JsonNodeFactory.instance.objectNode();
    outputs(TaskPath.ROOT, means.library().of(ledger, TaskPath.ROOT), outputs, now);
    return new FrameEnd(status, "", "completed in Debug mode", outputs);
  }

  private boolean pausesAtFailures() {
    return ledger.execution().request().mode().equals(Mode.FAILURE_PAUSE);
  }

  private static String failure(TaskExecution run) {
    return new Failure(run.name(), run.code(), run.message()).text();
  }

  /** The failed task waits for somebody to say how to go on. */
  private void hold(TaskExecution run, Turn turn) {
    ledger.put(run.waiting(WaitingStatus.FAILURE, null));
    turn.people(WaitingStatus.FAILURE, failure(run));
    ledger.apply(new Event.Said(failure(run)));
    String id = Digest.id(
        ledger.execution().id().value(),
        run.path().value(),
        WaitingStatus.FAILURE,
        String.valueOf(run.attempt()));
    ledger.apply(
        new Event.ToTell(new Untold(id, Untold.Kind.FAILURE, run.path().value(), 0, turn.now())));
    ledger.fact();
  }

  /** Ends everything that still runs in the execution as cancelled, and lets the OnCancel path of the root follow. */
  void cancel(Instant now) {
    String message = message(ledger.execution().cancellation());
    for (TaskExecution run : ledger.all()) {
      if (!run.status().isFinal()) {
        cancel(run, message, now);
      }
    }
    ledger.setFrame(TaskPath.ROOT, ledger.frame(TaskPath.ROOT).cancelling(), now);
    ledger.fact();
    journal.warn(TaskPath.ROOT, "execution=" + ledger.execution().id() + " cancelling");
  }

  /** A task that others run inside of ends when they have: their frames may have OnCancel paths of their own. */
  private void cancel(TaskExecution run, String message, Instant now) {
    Frame inside = run.frame();
    boolean hasItems = run.loop() != null
        && ledger.items(run.path()).values().stream()
            .anyMatch(item -> !item.status().isFinal());
    if (inside != null && inside.current() != null) {
      ledger.put(run.running().nesting(inside.cancelling()));
    } else if (hasItems) {
      ledger.put(Loops.cancelled(run));
    } else {
      ledger.put(run.ended(TaskStatus.CANCELLED, "", message, now));
    }
  }

  static String message(@Nullable Cancellation cancellation) {
    if (cancellation == null) {
      return "cancelled";
    }
    String reason = cancellation.reason().isBlank() ? "" : ": " + cancellation.reason();
    return "cancelled by " + cancellation.by().name() + reason;
  }

  private TaskExecution current(TaskPath at) {
    TaskPath path = ledger.frame(at).current();
    if (path == null) {
      throw new IllegalStateException("frame " + at + " has no current task");
    }
    return ledger.known(path);
  }

  private void start(TaskPath at, Template template, Task task, Turn turn) {
    Frame frame = ledger.frame(at);
    TaskPath path = at.task(frame.started() + 1);
    ledger.put(begun(at, template, task, path, turn.now()));
    journal.info(path, "task=" + task.name() + " action=" + task.action() + " status=Running");
    ledger.setFrame(at, frame.at(path), turn.now());
  }

  private TaskExecution begun(
      TaskPath at, Template template, Task task, TaskPath path, Instant now) {
    TaskExecution run = TaskExecution.started(path, task.name(), task.action(), now, null, 0)
        .after(ledger.task(path));
    if (task.when() == null || task.whenReadsItem()) {
      return debugging.held(run);
    }
    try {
      var scope = new FrameScope(ledger, means, at, template, null, now);
      return Truth.of(task.when().evaluate(scope))
          ? debugging.held(run)
          : run.ended(TaskStatus.SKIPPED, "", "When is false", now);
    } catch (ExpressionException e) {
      return run.ended(TaskStatus.FAILED, "", "When: " + e.getMessage(), now);
    }
  }

  private static String target(TaskExecution run, Task task) {
    return switch (run.status()) {
      case SUCCESS -> run.next().isEmpty() ? task.onSuccess() : run.next();
      case FAILED -> task.onError();
      case CANCELLED -> task.onCancel();
      case SKIPPED, RUNNING, WAITING, REPLACED -> Task.Targets.NEXT;
    };
  }

  private static @Nullable Task next(Template template, Task task, String target) {
    List<Task> tasks = template.tasks();
    if (target.equalsIgnoreCase(Task.Targets.NEXT)) {
      int index = tasks.indexOf(task) + 1;
      return index < tasks.size() ? tasks.get(index) : null;
    }
    return target.equalsIgnoreCase(Task.Targets.END) ? null : task(template, target);
  }

  static Task task(Template template, String name) {
    for (Task task : template.tasks()) {
      if (task.name().equals(name)) {
        return task;
      }
    }
    for (Task task : template.tasks()) {
      if (task.name().equalsIgnoreCase(name)) {
        return task;
      }
    }
    throw new ExpressionException(
        "template " + template.name() + " has no task '" + name + "' to go to");
  }

  /** Remembers what the final status depends on. */
  private void note(TaskPath at, TaskExecution run, Task task, @Nullable Task next, Instant now) {
    Frame frame = ledger.frame(at);
    if (run.status() == TaskStatus.FAILED && task.isCritical()) {
      Frame failed = frame.failed(new Failure(run.name(), run.code(), run.message()));
      if (failed != frame) {
        ledger.setFrame(at, failed, now);
      }
    }
    if (run.status() == TaskStatus.CANCELLED && next != null && !frame.isCancelling()) {
      ledger.setFrame(at, frame.cancelling(), now);
    }
  }

  private FrameEnd end(TaskPath at, Template template, TaskExecution last, Task task, Instant now) {
    Frame frame = ledger.frame(at);
    ObjectNode outputs = JsonNodeFactory.instance.objectNode();
    String wrong = outputs(at, template, outputs, now);
    if (frame.isCancelling() || last.status() == TaskStatus.CANCELLED) {
      return new FrameEnd(TaskStatus.CANCELLED, last.code(), cancelledBy(at, last), outputs);
    }
    Failure failure = frame.failure();
    boolean isUnhandled = last.status() == TaskStatus.FAILED && task.isCritical();
    if (failure != null && (isUnhandled || !isHandled(frame))) {
      return new FrameEnd(TaskStatus.FAILED, failure.code(), failure.text(), outputs);
    }
    return wrong.isEmpty()
        ? new FrameEnd(TaskStatus.SUCCESS, "", "", outputs)
        : new FrameEnd(TaskStatus.FAILED, "", wrong, outputs);
  }

  /** Why: an OnCancel path may have followed the task that was cancelled. */
  private String cancelledBy(TaskPath at, TaskExecution last) {
    for (int number = ledger.frame(at).started(); number > 0; number--) {
      TaskExecution run = ledger.task(at.task(number));
      if (run != null && run.status() == TaskStatus.CANCELLED) {
        return run.message();
      }
    }
    return last.message();
  }

  private boolean isHandled(Frame frame) {
    return switch (means.settings().handledError()) {
      case SUCCESS -> true;
      case FAILED -> false;
      case SUCCESS_FOR_PRODUCT_ACTIONS -> frame.isProductAction();
    };
  }

  /** Evaluates the template's outputs as far as possible; answers what was wrong first. */
  private String outputs(TaskPath at, Template template, ObjectNode into, Instant now) {
    var scope = new FrameScope(ledger, means, at, template, null, now);
    String wrong = "";
    int most = means.settings().limits().outputs();
    long size = 0;
    for (var output : template.outputs().entrySet()) {
      try {
        JsonNode value = output.getValue().value().evaluate(scope);
        size += value.isContainerNode() || value.isTextual() ? value.toString().length() : 0;
        if (size > most) {
          throw new ExpressionException("the outputs have more than " + most
              + " characters together; select less, or write it to a bucket");
        }
        into.set(output.getKey(), value);
      } catch (ExpressionException e) {
        into.putNull(output.getKey());
        wrong = wrong.isEmpty() ? "output " + output.getKey() + ": " + e.getMessage() : wrong;
      }
    }
    return wrong;
  }
}
