package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;
import chatops.engine.expression.ExpressionException;
import chatops.engine.schedule.Durations;
import chatops.engine.schedule.Schedule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** {@code ACS::Sleep}: lets time pass (specification 7.5). */
final class Sleep implements Action {
  private static final String UNTIL = "until";

  @Override
  public String name() {
    return "ACS::Sleep";
  }

  @Override
  public boolean mayLoop() {
    return false;
  }

  @Override
  public Outcome turn(ActionCall call) {
    ObjectNode state = call.state();
    Instant until = state.has(UNTIL) ? Instant.parse(state.path(UNTIL).asText()) : until(call);
    state.put(UNTIL, until.toString());
    return call.now().isBefore(until) ? new Outcome.Sleep(until, state) : new Outcome.Done(null);
  }

  private static Instant until(ActionCall call) {
    String duration = call.text("Duration").strip();
    String end = call.text("EndDate").strip();
    if (duration.isEmpty() == end.isEmpty()) {
      throw new ExpressionException("ACS::Sleep needs either Duration or EndDate");
    }
    if (!duration.isEmpty()) {
      return call.now().plus(Durations.read(duration));
    }
    return Schedule.instant("EndDate", end);
  }
}
