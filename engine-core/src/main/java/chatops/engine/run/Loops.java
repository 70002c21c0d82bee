package chatops.engine.run;

import chatops.engine.execution.Approval;
import chatops.engine.execution.LoopPlan;
import chatops.engine.execution.Mode;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.expression.Expression;
import chatops.engine.expression.ExpressionException;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.Truth;
import chatops.engine.expression.function.Aggregation;
import chatops.engine.id.TaskPath;
import chatops.engine.template.RateControl;
import chatops.engine.template.Task;
import chatops.engine.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Walks the items of a looping task under its rate control (specification 5). */
final class Loops {
  private static final String CANCELLED = "cancelled";

  private final Means means;
  private final Ledger ledger;
  private final Journal journal;
  private final TaskTurns tasks;
  private final People people;

  Loops(Means means, Ledger ledger, Journal journal, TaskTurns tasks, People people) {
    this.means = means;
    this.ledger = ledger;
    this.journal = journal;
    this.tasks = tasks;
    this.people = people;
  }

  /** What has happened to the items so far, read from their rows. */
  private record Tally(
      int started, int active, int failed, int cancelled, List<TaskExecution> running) {
    static Tally of(Collection<TaskExecution> items) {
      int failed = 0;
      int cancelled = 0;
      List<TaskExecution> running = new ArrayList<>();
      for (TaskExecution item : items) {
        switch (item.status()) {
          case FAILED -> failed++;
          case CANCELLED -> cancelled++;
          case RUNNING, WAITING -> running.add(item);
          case SUCCESS, SKIPPED, REPLACED -> {}
        }
      }
      return new Tally(items.size(), running.size(), failed, cancelled, running);
    }

    /** With one more that was begun; its rows need not be gone through for it. */
    Tally with(TaskExecution begun) {
      Tally one = of(List.of(begun));
      return new Tally(
          started + 1,
          active + one.active,
          failed + one.failed,
          cancelled + one.cancelled,
          running);
    }
  }

  /** A looping task that begins no more items, because the execution was cancelled. */
  static TaskExecution cancelled(TaskExecution run) {
    return run.running().remembering(run.state().deepCopy().put(CANCELLED, true));
  }

  private static boolean isCancelled(TaskExecution run) {
    return run.state().path(CANCELLED).asBoolean(false);
  }

  void turn(TaskPath at, Template template, Task task, TaskExecution run, Turn turn) {
    LoopPlan plan = run.loop() == null ? plan(at, template, task, run) : run.loop();
    RateControl rate = RateControl.of(plan.rateControl(), plan.items().size())
        .pausing(ledger.execution().request().loopMode());
    if (ledger.execution().request().mode().equals(Mode.DEBUG)) {
      rate = rate.oneByOne();
    }
    Tally.of(ledger.items(run.path()).values())
        .running()
        .forEach(item -> tasks.single(at, template, task, item, turn));
    Tally tally = Tally.of(ledger.items(run.path()).values());
    while (true) {
      boolean isOver =
          tally.failed() > rate.maxErrors() || tally.cancelled() > 0 || isCancelled(run);
      if (tally.active() == 0 && (isOver || tally.started() == plan.items().size())) {
        end(task, ledger.known(run.path()), plan, tally, isOver, turn);
        return;
      }
      if (isOver || ledger.execution().isHeld() || !isOpenFor(run, rate, tally, turn)) {
        return;
      }
      tally = tally.with(begin(at, template, task, run, plan, rate, tally, turn));
    }
  }

  /** Whether another item may start now: its batch is open, and there is room in it. */
  private boolean isOpenFor(TaskExecution run, RateControl rate, Tally tally, Turn turn) {
    int index = tally.started();
    for (int b = 0; b < rate.batches().size(); b++) {
      RateControl.Batch batch = rate.batches().get(b);
      if (index < batch.from() || index >= batch.from() + batch.size()) {
        continue;
      }
      if (index > batch.from()) {
        return tally.active() < batch.concurrency();
      }
      return tally.active() == 0 && (b == 0 || isContinued(run, rate, b - 1, turn));
    }
    return false;
  }

  private boolean isContinued(TaskExecution run, RateControl rate, int batch, Turn turn) {
    if (!rate.pausesAfter(batch)) {
      return true;
    }
    String id = people.batchId(run, batch);
    String text = "Batch " + (batch + 1) + " of " + rate.batches().size() + " of task " + run.name()
        + " has ended. Continue?";
    people.open(id, run, WaitingStatus.BATCH, text, List.of(), 1, turn);
    TaskExecution now = ledger.known(run.path());
    Approval approval = people.approval(id, turn);
    switch (approval.outcome()) {
      case OPEN -> {
        if (now.waitingFor().isEmpty()) {
          ledger.put(now.waiting(WaitingStatus.BATCH, null));
        }
        turn.people(WaitingStatus.BATCH);
        return false;
      }
      case APPROVED -> {
        if (!now.waitingFor().isEmpty()) {
          ledger.put(now.running());
        }
        return true;
      }
      case REJECTED, EXPIRED, WITHDRAWN, VOID -> {
        ledger.put(now.ended(TaskStatus.CANCELLED, "", People.refusal(approval), turn.now()));
        ledger.fact();
        return false;
      }
    }
    return false;
  }

  /** @return the item as it stands then */
  private TaskExecution begin(
      TaskPath at,
      Template template,
      Task task,
      TaskExecution run,
      LoopPlan plan,
      RateControl rate,
      Tally tally,
      Turn turn) {
    int index = tally.started();
    JsonNode value = plan.items().get(index);
    int batch = 0;
    while (index >= rate.batches().get(batch).from() + rate.batches().get(batch).size()) {
      batch++;
    }
    TaskPath path = run.path().item(index);
    TaskExecution item = TaskExecution.started(
            path, task.name(), task.action(), turn.now(), value, batch)
        .after(ledger.task(path));
    if (task.when() != null && task.whenReadsItem()) {
      item = guarded(at, template, task.when(), item, turn);
    }
    ledger.put(item);
    journal.info(
        path,
        "task=" + task.name() + " item=" + index + " status=" + item.status().text());
    tasks.single(at, template, task, item, turn);
    return ledger.known(path);
  }

  private TaskExecution guarded(
      TaskPath at, Template template, Expression when, TaskExecution item, Turn turn) {
    try {
      var scope = new FrameScope(ledger, means, at, template, item.loopItem(), item.startedAt());
      return Truth.of(when.evaluate(scope))
          ? item
          : item.ended(TaskStatus.SKIPPED, "", "When is false", turn.now());
    } catch (ExpressionException e) {
      return item.ended(TaskStatus.FAILED, "", "When: " + e.getMessage(), turn.now());
    }
  }

  private LoopPlan plan(TaskPath at, Template template, Task task, TaskExecution run) {
    Task.Loop own = task.loop();
    Expression walked = own == null ? task.property("LoopItems") : own.items();
    Expression control = own == null ? task.property("LoopRateControl") : own.rateControl();
    String name = own == null ? "LoopItems" : "Loop.Items";
    if (walked == null) {
      throw new ExpressionException(task.action() + " needs the property LoopItems");
    }
    var scope = new FrameScope(ledger, means, at, template, null, run.startedAt());
    JsonNode given = walked.evaluate(scope);
    JsonNode items =
        given.isTextual() ? JsonText.parseContainer(given.textValue()).orElse(given) : given;
    if (!items.isArray()) {
      throw new ExpressionException(name + ": expected a list, found " + JsonText.described(given));
    }
    int most = means.settings().limits().items();
    if (items.size() > most) {
      throw new ExpressionException(name + ": at most " + most + " items are possible, found "
          + items.size() + "; select fewer targets");
    }
    JsonNode rate = control == null ? NullNode.getInstance() : control.evaluate(scope);
    List<JsonNode> list = new ArrayList<>();
    JsonNode only = run.state().get(Debugging.ITEM);
    if (only == null) {
      items.forEach(list::add);
    } else {
      list.add(only);
    }
    LoopPlan plan = new LoopPlan(list, rate);
    ledger.put(run.looping(plan));
    return plan;
  }

  private void end(
      Task task, TaskExecution run, LoopPlan plan, Tally tally, boolean isOver, Turn turn) {
    ledger.fact();
    if (run.status().isFinal()) {
      return;
    }
    if (isOver) {
      boolean isCancelled = tally.cancelled() > 0 || isCancelled(run);
      TaskStatus wanted = isCancelled ? TaskStatus.CANCELLED : TaskStatus.FAILED;
      Optional<TaskExecution> first = ledger.items(run.path()).values().stream()
          .filter(i -> i.status() == wanted)
          .findFirst();
      String why = first.map(i -> (i.code() + " " + i.message()).strip()).orElse("cancelled");
      String message = isCancelled
          ? why
          : tally.failed() + " of " + plan.items().size() + " items failed; first: "
              + first.map(TaskExecution::loopItem).orElse(NullNode.getInstance()) + ": " + why;
      ledger.put(run.ended(wanted, first.map(TaskExecution::code).orElse(""), message, turn.now()));
      journal.error(run.path(), "task=" + run.name() + " status=" + wanted.text() + " " + message);
      return;
    }
    ledger.put(run.succeeded(aggregates(task, run), null, turn.now()));
    journal.info(
        run.path(),
        "task=" + run.name() + " status=Success items=" + plan.items().size() + " failed="
            + tally.failed());
  }

  private ObjectNode aggregates(Task task, TaskExecution run) {
    ObjectNode outputs = JsonNodeFactory.instance.objectNode();
    Collection<TaskExecution> items = ledger.items(run.path()).values();
    if (task.loop() == null) {
      List<ObjectNode> each = items.stream().map(TaskExecution::outputs).toList();
      task.outputs().keySet().forEach(n -> outputs.set(n, FrameScope.column(each, n)));
      return outputs;
    }
    task.loop().outputs().forEach((name, aggregate) -> {
      List<JsonNode> values = new ArrayList<>();
      for (TaskExecution item : items) {
        JsonNode value = item.outputs().get(aggregate.field());
        values.add(value == null ? NullNode.getInstance() : value);
      }
      outputs.set(name, Aggregation.of(aggregate.type(), values));
    });
    return outputs;
  }
}
