package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.execution.Event;
import chatops.engine.execution.Frame;
import chatops.engine.execution.Mode;
import chatops.engine.execution.Order;
import chatops.engine.execution.Status;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.id.TaskPath;
import chatops.engine.template.Task;
import chatops.engine.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Debug mode: before every task somebody says what happens: run it, or another of the same template, or leave it out;
 * and when the execution ends (specification 13.2).
 */
final class Debugging {
  /** Parameter of EXECUTE_TASK that names the one item a looping task walks. */
  static final String ITEM = "LoopItem";

  private final Means means;
  private final Ledger ledger;

  Debugging(Means means, Ledger ledger) {
    this.means = means;
    this.ledger = ledger;
  }

  boolean isOn() {
    return ledger.execution().request().mode().equals(Mode.DEBUG);
  }

  /** A task that was begun waits to be let go. */
  TaskExecution held(TaskExecution begun) {
    return isOn() && !begun.status().isFinal() ? begun.waiting(WaitingStatus.DEBUG, null) : begun;
  }

  /** How somebody ended the execution; null while nobody has. */
  @Nullable
  Status end() {
    return ledger.execution().orders().values().stream()
        .filter(order -> order.kind() == Order.Kind.COMPLETE && order.outcome().equals("done"))
        .map(order -> status(order.text()))
        .findFirst()
        .orElse(null);
  }

  String obey(Order order, Instant now) {
    if (order.kind() == Order.Kind.COMPLETE) {
      status(order.text());
      return "done";
    }
    TaskPath at = standing(TaskPath.ROOT);
    TaskExecution run = current(at);
    if (order.kind() == Order.Kind.CANCEL_TASK) {
      if (run == null || run.status().isFinal()) {
        throw new EngineException("no task waits or runs");
      }
      ledger.put(run.ended(TaskStatus.SKIPPED, "", "left out by " + order.by().name(), now));
      return "left out: " + run.name();
    }
    return execute(order, at, run, now);
  }

  private String execute(Order order, TaskPath at, @Nullable TaskExecution run, Instant now) {
    boolean isWaiting = run != null && run.waitingFor().equals(WaitingStatus.DEBUG);
    if (run != null && !run.status().isFinal() && !isWaiting) {
      throw new EngineException("task " + run.name() + " still runs");
    }
    if (run != null && isWaiting && (order.task().isEmpty() || order.task().equals(run.name()))) {
      ledger.put(let(run, order));
      return "runs: " + run.name();
    }
    if (order.task().isEmpty()) {
      throw new EngineException("no task waits; name one of this template");
    }
    Template template = means.library().of(ledger, at);
    Task task = Frames.task(template, order.task());
    if (run != null && isWaiting) {
      ledger.put(run.ended(TaskStatus.SKIPPED, "", "left out for " + task.name(), now));
    }
    Frame frame = ledger.frame(at);
    TaskPath path = at.task(frame.started() + 1);
    TaskExecution begun = TaskExecution.started(path, task.name(), task.action(), now, null, 0)
        .after(ledger.task(path));
    ledger.put(let(begun, order));
    ledger.setFrame(at, frame.at(path), now);
    return "runs: " + task.name();
  }

  private static TaskExecution let(TaskExecution run, Order order) {
    ObjectNode changes = order.parameters().deepCopy();
    JsonNode item = changes.remove(ITEM);
    TaskExecution free = run.running().changed(changes);
    return item == null ? free : free.remembering(free.state().deepCopy().set(ITEM, item));
  }

  /** The innermost frame whose task runs or waits. */
  private TaskPath standing(TaskPath at) {
    TaskExecution run = current(at);
    if (run == null || run.status().isFinal()) {
      return at;
    }
    if (run.frame() != null) {
      return standing(run.path());
    }
    if (run.loop() != null) {
      return ledger.items(run.path()).values().stream()
          .filter(item -> item.frame() != null && !item.status().isFinal())
          .map(item -> standing(item.path()))
          .findFirst()
          .orElse(at);
    }
    return at;
  }

  private @Nullable TaskExecution current(TaskPath at) {
    TaskPath path = ledger.frame(at).current();
    return path == null ? null : ledger.known(path);
  }

  private static Status status(String text) {
    for (Status status : Status.values()) {
      if (status.isFinal() && status.text().equalsIgnoreCase(text.strip())) {
        return status;
      }
    }
    throw new EngineException("status '" + text + "': expected Success, Failed or Cancelled");
  }

  /** Nothing follows by itself: people say what, or that it is over. */
  void rest(Turn turn, String what) {
    turn.people(WaitingStatus.DEBUG, what);
    ledger.apply(new Event.Said(what));
  }
}
