package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;
import chatops.engine.expression.ExpressionException;
import chatops.engine.schedule.Durations;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;

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
    try {
      return Instant.parse(end);
    } catch (DateTimeParseException e) {
      throw new ExpressionException(
          "EndDate: expected UTC time such as 2030-01-01T00:00:00Z, found '" + end + "'", e);
    }
  }
}
