package chatops.engine;

import chatops.engine.action.MessageFilter;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Firing;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TriggerEvent;
import chatops.engine.execution.Watch;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.run.Executions;
import chatops.engine.run.Firings;
import chatops.engine.run.Ports;
import chatops.engine.run.Stored;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Where events, alarms and people reach executions that wait for a trigger. */
final class TriggerDoor {
  /** Characters of messages whose children are not there yet; they lie in the parent's row. */
  private static final int MOST_WAITING = 24 * 1024;

  private final Ports ports;
  private final Executions executions;
  private final int children;

  /** @param children of one trigger execution that run at the same time */
  TriggerDoor(Ports ports, Executions executions, int children) {
    this.children = children;
    this.ports = ports;
    this.executions = executions;
  }

  Triggered trigger(ExecutionId id, JsonNode message, String eventId) {
    Optional<Stored> stored = executions.load(id);
    if (stored.isEmpty()) {
      return Triggered.not(Triggered.State.UNKNOWN, "there is no execution " + id);
    }
    Execution parent = stored.get().execution();
    ExecutionId child = Firings.child(id, "event " + eventId);
    boolean isKnown = parent.watch() != null && parent.watch().has(child);
    if (isKnown || executions.load(child).isPresent()) {
      return new Triggered(Triggered.State.REPEATED, child, "");
    }
    Triggered refused = refusal(parent, message);
    if (refused != null) {
      return refused;
    }
    Firing firing = new Firing(child, ports.clock().instant(), message, false);
    Optional<Executions.Change> change =
        executions.change(id, new TriggerEvent.Fired(firing, true));
    if (change.isPresent() && !change.get().isNone()) {
      return new Triggered(Triggered.State.ACCEPTED, child, "");
    }
    boolean hasEnded = change.isEmpty() || change.get().before().status().isFinal();
    return hasEnded
        ? Triggered.not(Triggered.State.ENDED, "execution " + id + " has ended")
        : new Triggered(Triggered.State.REPEATED, child, "");
  }

  private @org.jspecify.annotations.Nullable Triggered refusal(Execution parent, JsonNode message) {
    if (parent.status().isFinal() || parent.isCancelWanted()) {
      return Triggered.not(
          Triggered.State.ENDED,
          "execution " + parent.id() + " is " + parent.status().text());
    }
    Watch watch = parent.watch();
    if (watch == null) {
      return Triggered.not(
          Triggered.State.NOT_A_TRIGGER,
          "execution " + parent.id() + " does not wait for a trigger");
    }
    int waiting = watch.firings().stream()
        .mapToInt(f -> f.body() == null ? 0 : f.body().toString().length())
        .sum();
    int size = message.toString().length();
    if (size > MOST_WAITING) {
      return Triggered.not(
          Triggered.State.NOT_MATCHING,
          "the message has " + size + " characters, at most " + MOST_WAITING + " are possible");
    }
    if (watch.firings().size() >= children || waiting + size > MOST_WAITING) {
      return Triggered.not(
          Triggered.State.FULL,
          watch.firings().size() + " executions started by it still run; deliver it again later");
    }
    String why = MessageFilter.refusal(filter(parent), message);
    return why.isEmpty() ? null : Triggered.not(Triggered.State.NOT_MATCHING, why);
  }

  /** As the trigger task evaluated it when it began. */
  private ObjectNode filter(Execution parent) {
    List<TaskExecution> tasks = executions.tasks(parent, TaskPath.ROOT.task(1));
    ObjectNode state = tasks.isEmpty()
        ? parent.request().parameters().objectNode()
        : tasks.get(0).state();
    return state.path("filter") instanceof ObjectNode filter ? filter : state.objectNode();
  }
}
