package chatops.engine;

import chatops.engine.audit.Anchors;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Mode;
import chatops.engine.execution.Order;
import chatops.engine.execution.OrderEvent;
import chatops.engine.execution.Status;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.run.Executions;
import chatops.engine.run.Failures;
import chatops.engine.run.Library;
import chatops.engine.run.OrderLimits;
import chatops.engine.run.Stored;
import chatops.engine.share.Freezes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where people's orders reach an execution: one conditional write that carries its own wake-up, or a reason. */
final class OrderDoor {
  private final Executions executions;
  private final Library library;
  private final Freezes freezes;
  private final Anchors anchors;

  OrderDoor(Executions executions, Library library, Freezes freezes, Anchors anchors) {
    this.executions = executions;
    this.library = library;
    this.freezes = freezes;
    this.anchors = anchors;
  }

  OrderResult order(ExecutionId id, Order order) {
    Optional<Stored> stored = executions.load(id);
    if (stored.isEmpty()) {
      return new OrderResult(OrderResult.State.UNKNOWN, "there is no execution " + id);
    }
    Execution e = stored.get().execution();
    if (e.orders().containsKey(order.id())) {
      return new OrderResult(OrderResult.State.REPEATED, "");
    }
    boolean mayRevive = order.kind() == Order.Kind.RETRY || order.kind() == Order.Kind.SKIP;
    if (e.status().isFinal() && !(mayRevive && e.status() == Status.FAILED)) {
      return new OrderResult(
          OrderResult.State.ENDED, "execution " + id + " is " + e.status().text());
    }
    String why = refusal(e, order);
    if (!why.isEmpty()) {
      return new OrderResult(OrderResult.State.NOT_POSSIBLE, why);
    }
    if (e.status().isFinal()) {
      // its trail goes on, although an anchor has it as ended
      anchors.note(id);
    }
    Optional<Executions.Change> change = executions.change(id, new OrderEvent.Ordered(order));
    if (change.isPresent() && !change.get().isNone()) {
      return new OrderResult(OrderResult.State.ACCEPTED, "");
    }
    // somebody else was faster: what stands now says why
    boolean isRepeated =
        change.isPresent() && change.get().before().orders().containsKey(order.id());
    return isRepeated
        ? new OrderResult(OrderResult.State.REPEATED, "")
        : new OrderResult(OrderResult.State.NOT_POSSIBLE, "the execution has moved on meanwhile");
  }

  /** Of the values that a retry would change, those that change tasks themselves. */
  Set<String> reworked(ExecutionId id, List<TaskPath> paths, Collection<String> names) {
    return executions
        .load(id)
        .map(stored -> {
          Execution e = stored.execution();
          List<TaskExecution> tasks = executions.tasks(e, TaskPath.ROOT);
          List<TaskPath> wanted = paths.isEmpty() ? Failures.of(e, tasks) : paths;
          return new OrderLimits(library, e, tasks).reworked(wanted, names);
        })
        .orElse(Set.of());
  }

  private String refusal(Execution e, Order order) {
    if (!order.parameters().isEmpty() && e.isApproved()) {
      return "people approved it with the parameters it has; start it anew with the others, and let"
          + " that be approved";
    }
    String frozen = e.status().isFinal() ? frozen(e) : "";
    if (!frozen.isEmpty()) {
      return frozen;
    }
    return switch (order.kind()) {
      case PAUSE -> e.pause() == null ? "" : "it is paused by " + e.pause().by().name();
      case RESUME -> e.pause() == null ? "it is not paused" : "";
      case RETRY -> isStopped(e) ? unlikeFailed(e, order) : nothingFailed(e);
      case SKIP ->
        isStopped(e)
            ? unlikeFailed(e, order)
            : order.paths().isEmpty() ? nothingFailed(e) : notIdle(e, order.paths());
      case EXECUTE_TASK, CANCEL_TASK, COMPLETE ->
        e.request().mode().equals(Mode.DEBUG)
            ? ""
            : "it runs in mode " + e.request().mode() + ", not Debug";
    };
  }

  /** What has ended would begin again, which a freeze stops as it stops starts. */
  private String frozen(Execution e) {
    return freezes
        .covering(e.request().template().name())
        .map(freeze -> "starts are frozen by " + freeze.by()
            + (freeze.reason().isBlank() ? "" : ": " + freeze.reason()))
        .orElse("");
  }

  private static boolean isStopped(Execution e) {
    return e.status() == Status.FAILED || e.waitingStatus().equals(WaitingStatus.FAILURE);
  }

  private static String nothingFailed(Execution e) {
    return "no task has failed; the execution is " + e.status().text();
  }

  private String unlikeFailed(Execution e, Order order) {
    List<TaskExecution> tasks = executions.tasks(e, TaskPath.ROOT);
    List<TaskPath> failed = Failures.of(e, tasks);
    for (TaskPath path : order.paths()) {
      if (failed.stream().noneMatch(f -> f.isWithin(path))) {
        return "task " + path + " has not failed; failed: " + failed;
      }
    }
    if (failed.isEmpty()) {
      return "no task has failed: " + e.statusMessage();
    }
    OrderLimits limits = new OrderLimits(library, e, tasks);
    List<TaskPath> wanted = order.paths().isEmpty() ? failed : order.paths();
    return order.kind() == Order.Kind.SKIP
        ? limits.skipped(wanted)
        : limits.changed(wanted, names(order));
  }

  private static List<String> names(Order order) {
    return order.parameters().properties().stream().map(Map.Entry::getKey).toList();
  }

  private String notIdle(Execution e, List<TaskPath> wanted) {
    List<TaskExecution> tasks = executions.tasks(e, TaskPath.ROOT);
    for (TaskPath path : wanted) {
      boolean isIdle = tasks.stream().anyMatch(t -> t.path().equals(path) && t.isIdle());
      if (!isIdle) {
        return "task " + path
            + " neither failed nor lets time pass; only such a task can be skipped";
      }
    }
    return "";
  }
}
