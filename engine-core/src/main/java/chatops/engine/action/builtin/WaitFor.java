package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;

/** {@code ACS::WaitFor}: polls until a value is as desired (specification 7.2). */
final class WaitFor implements Action {
  static final int RETRIES = 10;

  @Override
  public String name() {
    return "ACS::WaitFor";
  }

  @Override
  public boolean mayLoop() {
    return true;
  }

  @Override
  public Outcome turn(ActionCall call) {
    return Poll.turn(call, RETRIES);
  }
}
