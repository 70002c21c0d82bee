package chatops.engine.run;

import chatops.engine.execution.Approval;
import chatops.engine.execution.LoopPlan;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.execution.WaitingStatus;
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

/** Walks the items of a looping task under its rate control (specification 5). */
final class Loops {
  private static final int MOST_ITEMS = 1000;

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
          case SUCCESS, SKIPPED -> {}
        }
      }
      return new Tally(items.size(), running.size(), failed, cancelled, running);
    }
  }

  void turn(TaskPath at, Template template, Task task, TaskExecution run, Turn turn) {
    LoopPlan plan = run.loop() == null ? plan(at, template, task, run) : run.loop();
    RateControl rate = RateControl.of(plan.rateControl(), plan.items().size());
    Tally tally = Tally.of(ledger.items(run.path()).values());
    tally.running().forEach(item -> tasks.single(at, template, task, item, turn));
    while (true) {
      tally = Tally.of(ledger.items(run.path()).values());
      boolean isOver = tally.failed() > rate.maxErrors() || tally.cancelled() > 0;
      if (tally.active() == 0 && (isOver || tally.started() == plan.items().size())) {
        end(task, ledger.known(run.path()), plan, tally, isOver, turn);
        return;
      }
      if (isOver || !isOpenFor(run, rate, tally, turn)) {
        return;
      }
      begin(at, template, task, run, plan, rate, tally, turn);
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
      case REJECTED, EXPIRED, WITHDRAWN -> {
        ledger.put(now.ended(TaskStatus.CANCELLED, "", People.refusal(approval), turn.now()));
        ledger.fact();
        return false;
      }
    }
    return false;
  }

  private void begin(
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
    TaskExecution item =
        TaskExecution.started(path, task.name(), task.action(), turn.now(), value, batch);
    if (task.when() != null && task.whenReadsItem()) {
      item = guarded(at, template, task.when(), item, turn);
    }
    ledger.put(item);
    journal.info(
        path,
        "task=" + task.name() + " item=" + index + " status=" + item.status().text());
    tasks.single(at, template, task, item, turn);
  }

  private TaskExecution guarded(
      TaskPath at,
      Template template,
      chatops.engine.expression.Expression when,
      TaskExecution item,
      Turn turn) {
    try {
      var scope =
          new FrameScope(ledger, means.settings(), at, template, item.loopItem(), item.startedAt());
      return Truth.of(when.evaluate(scope))
          ? item
          : item.ended(TaskStatus.SKIPPED, "", "When is false", turn.now());
    } catch (ExpressionException e) {
      return item.ended(TaskStatus.FAILED, "", "When: " + e.getMessage(), turn.now());
    }
  }

  private LoopPlan plan(TaskPath at, Template template, Task task, TaskExecution run) {
    Task.Loop loop = task.loop();
    if (loop == null) {
      throw new IllegalStateException("task " + task.name() + " does not loop");
    }
    var scope = new FrameScope(ledger, means.settings(), at, template, null, run.startedAt());
    JsonNode given = loop.items().evaluate(scope);
    JsonNode items =
        given.isTextual() ? JsonText.parseContainer(given.textValue()).orElse(given) : given;
    if (!items.isArray()) {
      throw new ExpressionException("Loop.Items: expected a list, found " + JsonText.typeOf(given)
          + " " + JsonText.brief(given));
    }
    if (items.size() > MOST_ITEMS) {
      throw new ExpressionException("Loop.Items: at most " + MOST_ITEMS
          + " items are possible, found " + items.size() + "; select fewer targets");
    }
    JsonNode rate =
        loop.rateControl() == null ? NullNode.getInstance() : loop.rateControl().evaluate(scope);
    List<JsonNode> list = new ArrayList<>();
    items.forEach(list::add);
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
      TaskExecution first = ledger.items(run.path()).values().stream()
          .filter(i -> i.status() == TaskStatus.FAILED || i.status() == TaskStatus.CANCELLED)
          .findFirst()
          .orElseThrow();
      boolean isCancelled = tally.cancelled() > 0;
      String message = isCancelled
          ? first.message()
          : tally.failed() + " of " + plan.items().size() + " items failed; first: "
              + first.loopItem() + ": " + (first.code() + " " + first.message()).strip();
      ledger.put(run.ended(
          isCancelled ? TaskStatus.CANCELLED : TaskStatus.FAILED,
          first.code(),
          message,
          turn.now()));
      journal.error(run.path(), "task=" + run.name() + " status=Failed " + message);
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
    if (task.loop() == null) {
      return outputs;
    }
    Collection<TaskExecution> items = ledger.items(run.path()).values();
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
