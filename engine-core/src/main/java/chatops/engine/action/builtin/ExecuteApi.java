package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code ACS::ExecuteAPI}: one OpenAPI call, all its pages; the answer is the result (specification 7.1). */
final class ExecuteApi implements Action {
  @Override
  public String name() {
    return "ACS::ExecuteAPI";
  }

  @Override
  public boolean mayLoop() {
    return true;
  }

  @Override
  public Outcome turn(ActionCall call) {
    ObjectNode state = call.state();
    Pages.Progress progress = Pages.turn(call, ApiProperties.request(call), state);
    if (progress.call() != null) {
      return progress.call();
    }
    if (progress.error() != null) {
      return new Outcome.Failed(
          progress.error().code(), String.valueOf(progress.error().getMessage()));
    }
    return new Outcome.Done(progress.body());
  }
}
