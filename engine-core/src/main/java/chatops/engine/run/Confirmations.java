package chatops.engine.run;

import chatops.engine.cloud.ApiRequest;
import chatops.engine.effect.Risk;
import chatops.engine.execution.Approval;
import chatops.engine.execution.LoopPlan;
import chatops.engine.execution.SafetyCheck;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.expression.Expression;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.Scope;
import chatops.engine.template.Task;
import java.util.List;

/**
 * Stops API calls of high risk before they are sent until somebody confirms them (specification 13.5). Items of a loop, and the
 * nested templates in them, share one confirmation of the same call: nobody reads a hundred.
 */
final class Confirmations {
  private final Means means;
  private final Ledger ledger;
  private final People people;

  Confirmations(Means means, Ledger ledger, People people) {
    this.means = means;
    this.ledger = ledger;
    this.people = people;
  }

  /** How a call stands. */
  enum Verdict {
    FREE,
    WAITING,
    REFUSED
  }

  Verdict verdict(Scope scope, Task task, TaskExecution run, ApiRequest request, Turn turn) {
    boolean isChecked = ledger.execution().request().safetyCheck().equals(SafetyCheck.CONFIRM);
    Risk risk = new Risk(means.settings().riskyVerbs());
    if (!isChecked || !risk.isHigh(request.api(), said(scope, task))) {
      return Verdict.FREE;
    }
    String id = people.confirmationId(run, request.name());
    people.open(id, run, WaitingStatus.RISK, question(run, request), List.of(), 1, turn);
    Approval approval = people.approval(id, turn);
    return switch (approval.outcome()) {
      case APPROVED -> Verdict.FREE;
      case OPEN -> {
        if (!run.waitingFor().equals(WaitingStatus.RISK)) {
          ledger.put(run.waiting(WaitingStatus.RISK, null));
        }
        turn.people(WaitingStatus.RISK);
        yield Verdict.WAITING;
      }
      case REJECTED, EXPIRED, WITHDRAWN, VOID -> Verdict.REFUSED;
    };
  }

  String refusal(TaskExecution run, ApiRequest request, Turn turn) {
    return request.name() + ": "
        + People.refusal(people.approval(people.confirmationId(run, request.name()), turn));
  }

  private static String said(Scope scope, Task task) {
    Expression property = task.property("Risk");
    return property == null ? "" : JsonText.of(property.evaluate(scope), "");
  }

  private String question(TaskExecution run, ApiRequest request) {
    LoopPlan plan = run.isItem() ? ledger.known(run.path().loop()).loop() : null;
    int items = plan == null ? 1 : plan.items().size();
    String often = items > 1 ? ", " + items + " times" : "";
    return "Task " + run.name() + " is about to call " + request.name() + often
        + ", which is of high risk. Go on?";
  }
}
