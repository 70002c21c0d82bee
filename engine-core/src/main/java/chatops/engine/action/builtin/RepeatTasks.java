package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;

/** {@code ACS::Loop}: runs several tasks for each item (specification 5.5); a turn is one iteration's. */
final class RepeatTasks implements Action {
  @Override
  public String name() {
    return "ACS::Loop";
  }

  @Override
  public boolean mayLoop() {
    return false;
  }

  @Override
  public Outcome turn(ActionCall call) {
    return new Outcome.Iterate();
  }
}
