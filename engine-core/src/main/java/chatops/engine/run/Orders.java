package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.execution.Frame;
import chatops.engine.execution.Order;
import chatops.engine.execution.OrderEvent;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.id.TaskPath;
import chatops.engine.store.StoreException;
import chatops.engine.template.Binding;
import chatops.engine.template.Task;
import chatops.engine.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Does what people ordered: failed tasks run again or are passed over, and everything around them is under way again. */
final class Orders {
  private final Means means;
  private final Ledger ledger;
  private final Journal journal;
  private final Debugging debugging;

  Orders(Means means, Ledger ledger, Journal journal, Debugging debugging) {
    this.means = means;
    this.ledger = ledger;
    this.journal = journal;
    this.debugging = debugging;
  }

  void obey(Instant now) {
    for (Order order : List.copyOf(ledger.execution().orders().values())) {
      if (order.isOpen()) {
        String outcome = outcome(order, now);
        ledger.apply(new OrderEvent.Obeyed(order.id(), outcome));
        ledger.fact();
        journal.info(
            TaskPath.ROOT, order.kind() + " ordered by " + order.by().name() + ": " + outcome);
      }
    }
  }

  private String outcome(Order order, Instant now) {
    try {
      return switch (order.kind()) {
        case RETRY -> retry(order, now);
        case SKIP -> skip(order, now);
        case EXECUTE_TASK, CANCEL_TASK, COMPLETE -> debugging.obey(order, now);
        case PAUSE, RESUME -> "done";
      };
    } catch (StoreException unavailable) {
      throw unavailable;
    } catch (EngineException wrong) {
      return "refused: " + wrong.getMessage();
    }
  }

  private String retry(Order order, Instant now) {
    List<TaskPath> paths = paths(order);
    if (!order.parameters().isEmpty()) {
      List<String> names =
          order.parameters().properties().stream().map(Map.Entry::getKey).toList();
      refuse(limits().changed(paths, names));
    }
    for (TaskPath path : paths) {
      TaskExecution run = ledger.known(path);
      List<TaskExecution> items = failedItems(run);
      ObjectNode changes = changes(order, run, now);
      if (items.isEmpty()) {
        again(run, changes, now);
      } else {
        items.forEach(item -> again(item, changes, now));
      }
      reopen(path, now);
      if (!items.isEmpty()) {
        ledger.put(ledger.known(path).reopened());
      }
    }
    return "again: " + paths;
  }

  /** What was well when it was ordered may not be any more. */
  private static void refuse(String why) {
    if (!why.isEmpty()) {
      throw new EngineException(why);
    }
  }

  private OrderLimits limits() {
    return new OrderLimits(means.library(), ledger.execution(), all());
  }

  private List<TaskExecution> all() {
    List<TaskExecution> all = new ArrayList<>();
    ledger.all().forEach(all::add);
    return all;
  }

  private List<TaskPath> paths(Order order) {
    List<TaskPath> failed = Failures.of(ledger.execution(), all());
    List<TaskPath> wanted = order.paths().isEmpty() ? failed : order.paths();
    if (wanted.isEmpty()) {
      throw new EngineException("no task has failed");
    }
    for (TaskPath path : wanted) {
      if (ledger.task(path) == null || failed.stream().noneMatch(f -> f.isWithin(path))) {
        throw new EngineException("task " + path + " has not failed; failed: " + failed);
      }
    }
    return wanted;
  }

  private List<TaskExecution> failedItems(TaskExecution run) {
    return run.loop() == null
        ? List.of()
        : ledger.items(run.path()).values().stream()
            .filter(item -> item.status() == TaskStatus.FAILED)
            .toList();
  }

  private void again(TaskExecution run, ObjectNode changes, Instant now) {
    for (TaskExecution below : ledger.all()) {
      if (!below.path().equals(run.path()) && below.path().isWithin(run.path())) {
        ledger.put(below.ended(TaskStatus.REPLACED, "", "", now));
      }
    }
    ledger.put(run.again(changes, now));
  }

  /**
   * Names of the task's own properties change the task; other names that are parameters of the template around it change
   * that template from here on; what is left are parameters of the task's call.
   */
  private ObjectNode changes(Order order, TaskExecution run, Instant now) {
    ObjectNode own = JsonNodeFactory.instance.objectNode();
    ObjectNode around = JsonNodeFactory.instance.objectNode();
    TaskPath in = run.path().frame();
    TaskPath at = ledger.home(in);
    Task task = Frames.task(means.library().of(ledger, in), run.name());
    Template template = means.library().of(ledger, at);
    for (Map.Entry<String, JsonNode> change : order.parameters().properties()) {
      boolean isParameter =
          template.parameters().keySet().stream().anyMatch(change.getKey()::equalsIgnoreCase);
      boolean isProperty = Amended.property(task, change.getKey()).isPresent();
      (isParameter && !isProperty ? around : own).set(change.getKey(), change.getValue());
    }
    if (!around.isEmpty()) {
      Frame frame = ledger.frame(at);
      ObjectNode given = frame.parameters().deepCopy();
      around.properties().forEach(e -> {
        given.properties().removeIf(old -> old.getKey().equalsIgnoreCase(e.getKey()));
        given.set(e.getKey(), e.getValue());
      });
      var scope = new FrameScope(ledger, means, at, template, null, now);
      ledger.setFrame(
          at, frame.with(Binding.bind(template, given, Binding.Source.PARENT_TASK, scope)), now);
    }
    return own;
  }

  private String skip(Order order, Instant now) {
    List<TaskPath> waiting = order.paths().stream()
        .filter(path -> {
          TaskExecution run = ledger.task(path);
          return run != null && run.isIdle();
        })
        .toList();
    boolean isOfWaiting = !waiting.isEmpty() && waiting.size() == order.paths().size();
    List<TaskPath> paths = isOfWaiting ? waiting : paths(order);
    refuse(limits().skipped(paths));
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    for (TaskPath path : paths) {
      ledger.put(ledger.known(path).succeeded(none, null, now));
      reopen(path, now);
    }
    return "skipped: " + paths;
  }

  /** Everything around a task is under way, and stands at it. */
  private void reopen(TaskPath path, Instant now) {
    TaskPath task = path;
    if (ledger.known(path).isItem()) {
      task = path.loop();
      ledger.put(ledger.known(task).reopened());
    }
    TaskPath at = task.frame();
    ledger.setFrame(at, ledger.frame(at).backAt(task), now);
    if (!at.isRoot()) {
      ledger.put(ledger.known(at).reopened());
      reopen(at, now);
    }
  }
}
