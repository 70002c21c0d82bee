package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;
import chatops.engine.schedule.Schedule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code ACS::TimerTrigger}: starts a child whenever its schedule says so (specification 7.11). */
final class TimerTrigger implements Action {
  @Override
  public String name() {
    return "ACS::TimerTrigger";
  }

  @Override
  public boolean mayLoop() {
    return false;
  }

  @Override
  public Outcome turn(ActionCall call) {
    if (call.fired() != null) {
      return new Outcome.Done(null);
    }
    ObjectNode state = call.state();
    if (state.isEmpty()) {
      state.put("type", ApiProperties.required(call, "Type"));
      state.put("expression", ApiProperties.required(call, "Expression"));
      state.put("timeZone", call.text("TimeZone").strip());
      String start = call.text("StartDate");
      Instant from = start.isBlank() ? call.now() : Schedule.instant("StartDate", start);
      state.put("start", from.toString());
      String end = call.text("EndDate");
      if (!end.isBlank()) {
        state.put("end", Schedule.instant("EndDate", end).toString());
      }
    }
    Instant end = end(state);
    Schedule schedule = Schedule.of(
        state.path("type").asText(),
        state.path("expression").asText(),
        state.path("timeZone").asText(),
        Instant.parse(state.path("start").asText()),
        end);
    return new Outcome.Watch(schedule, end, state);
  }

  /** A time that fires once needs no end. */
  private static @Nullable Instant end(ObjectNode state) {
    boolean isOnce = state.path("type").asText().strip().equalsIgnoreCase("at");
    String text = state.path("end").asText("");
    return text.isEmpty() || isOnce ? null : Instant.parse(text);
  }
}
