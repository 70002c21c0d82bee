package chatops.engine.action.builtin;

import chatops.engine.action.Action;
import chatops.engine.action.ActionCall;
import chatops.engine.action.Outcome;
import chatops.engine.expression.ExpressionException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ACS::Sleep}: lets time pass (specification 7.5). */
final class Sleep implements Action {
  private static final Pattern SHORT =
      Pattern.compile("(\\d+D)?T?((?:\\d+H)?(?:\\d+M)?(?:\\d+(?:\\.\\d+)?S)?)");
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
      return call.now().plus(duration(duration));
    }
    try {
      return Instant.parse(end);
    } catch (DateTimeParseException e) {
      throw new ExpressionException(
          "EndDate: expected UTC time such as 2030-01-01T00:00:00Z, found '" + end + "'", e);
    }
  }

  /** ISO-8601, in any letter case; {@code PT} may be left out. */
  static Duration duration(String text) {
    String word = text.toUpperCase(Locale.ROOT);
    Matcher form = SHORT.matcher(word.startsWith("P") ? word.substring(1) : word);
    try {
      if (form.matches() && word.chars().anyMatch(Character::isDigit)) {
        String days = form.group(1) == null ? "" : form.group(1);
        String rest = form.group(2).isEmpty() ? "" : "T" + form.group(2);
        Duration duration = Duration.parse("P" + days + rest);
        return duration.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : duration;
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      throw wrong(text, e);
    }
    throw wrong(text, null);
  }

  private static ExpressionException wrong(
      String text, @org.jspecify.annotations.Nullable RuntimeException cause) {
    String message =
        "Duration: expected a duration such as 30S, 4M or PT1H30M, found '" + text + "'";
    return cause == null
        ? new ExpressionException(message)
        : new ExpressionException(message, cause);
  }
}
