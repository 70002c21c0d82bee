package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;

/** {@code ACS::CheckFor}: looks once and fails when a value is not as desired (specification 7.3). */
final class CheckFor implements Action {
  @Override
  public String name() {
    return "ACS::CheckFor";
  }

  @Override
  public boolean mayLoop() {
    return true;
  }

  @Override
  public Outcome turn(ActionCall call) {
    return Poll.turn(call, 0);
  }
}
