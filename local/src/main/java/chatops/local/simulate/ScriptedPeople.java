package chatops.local.simulate;

import chatops.engine.Engine;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Question;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.id.ExecutionId;
import chatops.engine.view.ExecutionView;
import chatops.local.rehearsal.People;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** People who decide as a scenario says, each rule once and in order; what no rule names is approved. One per run. */
final class ScriptedPeople implements People {
  private final List<JsonNode> rules = new ArrayList<>();
  private int orders;
  private int before = -1;

  ScriptedPeople(JsonNode decisions) {
    decisions.forEach(rules::add);
  }

  @Override
  public boolean decide(Engine engine, ExecutionId id, ExecutionView view) {
    boolean decided = false;
    for (Approval approval : view.approvals()) {
      if (approval.isOpen()) {
        decided |= approval(engine, id, approval);
      }
    }
    for (Question question : view.questions()) {
      if (question.answer() == null) {
        decided |= question(engine, id, question);
      }
    }
    return decided || stopped(engine, id, view);
  }

  /** In FailurePause mode a failed task waits, in Debug mode every task does. */
  private boolean stopped(Engine engine, ExecutionId id, ExecutionView view) {
    boolean isFailure = view.waitingStatus().equals(WaitingStatus.FAILURE);
    if (!isFailure && !view.waitingStatus().equals(WaitingStatus.DEBUG)) {
      return false;
    }
    String order = "order-" + ++orders;
    int taken = engine.tasks(id).size();
    if (!isFailure && taken == before) {
      // the last order led to no task: none is left
      engine.complete(id, "Success", STARTER, order);
      return true;
    }
    before = isFailure ? before : taken;
    switch (next(view.currentTask(), isFailure ? "skip" : "approve")) {
      case "wait" -> {
        return false;
      }
      case "cancel" -> engine.cancel(id, STARTER, "laid down by the scenario");
      case "retry" ->
        engine.retry(id, List.of(), JsonNodeFactory.instance.objectNode(), STARTER, order);
      case "skip" -> {
        if (isFailure) {
          engine.skip(id, List.of(), STARTER, order);
        } else {
          engine.cancelTask(id, STARTER, order);
        }
      }
      default -> engine.executeTask(id, "", JsonNodeFactory.instance.objectNode(), STARTER, order);
    }
    return true;
  }

  private boolean approval(Engine engine, ExecutionId id, Approval approval) {
    String decide = next(approval.task(), "approve");
    switch (decide) {
      case "wait" -> {
        return false;
      }
      case "cancel" -> engine.cancel(id, STARTER, "laid down by the scenario");
      case "reject" -> People.vote(engine, id, approval, Decision.REJECT);
      default -> People.vote(engine, id, approval, Decision.APPROVE);
    }
    return true;
  }

  private boolean question(Engine engine, ExecutionId id, Question question) {
    String decide = next(question.task(), "skip");
    switch (decide) {
      case "wait" -> {
        return false;
      }
      case "cancel" -> engine.cancel(id, STARTER, "laid down by the scenario");
      case "retry", "stop" ->
        engine.decideOutcome(
            id, question.id(), Question.Answer.valueOf(decide.toUpperCase(Locale.ROOT)), STARTER);
      default -> engine.decideOutcome(id, question.id(), Question.Answer.SKIP, STARTER);
    }
    return true;
  }

  private String next(String task, String otherwise) {
    for (JsonNode rule : rules) {
      if (rule.path("task").asText().equalsIgnoreCase(task)) {
        String decide = rule.path("decide").asText();
        if (!decide.equals("wait")) {
          rules.remove(rule);
        }
        return decide;
      }
    }
    return otherwise;
  }
}
