package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;
import chatops.engine.execution.WaitingStatus;
import java.util.List;

/** {@code ACS::Pause}: waits until somebody lets it go on (specification 7.10). */
final class Pause implements Action {
  @Override
  public String name() {
    return "ACS::Pause";
  }

  @Override
  public boolean mayLoop() {
    return false;
  }

  @Override
  public Outcome turn(ActionCall call) {
    String question = "Task " + call.task().name() + " pauses. Continue?";
    return new Outcome.Ask(WaitingStatus.PAUSE, question, List.of(), 1, call.state(), null);
  }
}
