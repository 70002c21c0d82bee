package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;
import chatops.engine.expression.Truth;
import chatops.engine.template.Task;

/** {@code ACS::Choice}: goes on at the first branch that holds (specification 7.4). */
final class Choice implements Action {
  @Override
  public String name() {
    return "ACS::Choice";
  }

  @Override
  public boolean mayLoop() {
    return false;
  }

  @Override
  public Outcome turn(ActionCall call) {
    for (Task.Choice choice : call.task().choices()) {
      if (Truth.of(choice.when().evaluate(call.scope()))) {
        return new Outcome.Chosen(choice.nextTask());
      }
    }
    return new Outcome.Chosen(ApiProperties.required(call, "DefaultTask"));
  }
}
