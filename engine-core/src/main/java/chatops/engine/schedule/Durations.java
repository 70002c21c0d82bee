package chatops.engine.schedule;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as templates write them (specification 7.5). */
public final class Durations {
  private static final Pattern SHORT =
      Pattern.compile("(\\d+D)?T?((?:\\d+H)?(?:\\d+M)?(?:\\d+(?:\\.\\d+)?S)?)");

  private Durations() {}

  /**
   * ISO-8601, in any letter case; {@code PT} may be left out. At least one second.
   *
   * @throws ScheduleException when it cannot be read
   */
  public static Duration read(String text) {
    String word = text.strip().toUpperCase(Locale.ROOT);
    Matcher form = SHORT.matcher(word.startsWith("P") ? word.substring(1) : word);
    try {
      if (form.matches() && word.chars().anyMatch(Character::isDigit)) {
        String days = form.group(1) == null ? "" : form.group(1);
        String rest = form.group(2).isEmpty() ? "" : "T" + form.group(2);
        Duration duration = Duration.parse("P" + days + rest);
        return duration.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : duration;
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      throw wrong(text);
    }
    throw wrong(text);
  }

  private static ScheduleException wrong(String text) {
    return new ScheduleException(
        "Duration: expected a duration such as 30S, 4M or PT1H30M, found '" + text + "'");
  }
}
