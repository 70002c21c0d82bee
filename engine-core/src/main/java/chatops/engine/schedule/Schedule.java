package chatops.engine.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When a timer fires (specification 7.11). Immutable. */
public interface Schedule {

  /** The first firing after this instant, exclusively; null when there is none any more. */
  @Nullable
  Instant next(Instant after);

  /**
   * @param type {@code cron}, {@code rate} or {@code at}, in any letter case
   * @param timeZone IANA name for cron and at; empty is UTC
   * @param start nothing fires before; a rate counts from here
   * @param end nothing fires from here on; null for never
   * @throws ScheduleException when something cannot be read
   */
  static Schedule of(
      String type, String expression, String timeZone, Instant start, @Nullable Instant end) {
    ZoneId zone = zone(timeZone);
    Schedule endless = switch (type.strip().toLowerCase(Locale.ROOT)) {
      case "cron" -> new Cron(expression, zone);
      case "rate" -> rate(expression, start);
      case "at" -> at(expression, zone);
      default ->
        throw new ScheduleException("Type: expected cron, rate or at, found '" + type + "'");
    };
    Instant earliest = start.minusNanos(1);
    return after -> {
      Instant next = endless.next(after.isBefore(earliest) ? earliest : after);
      return next == null || (end != null && !next.isBefore(end)) ? null : next;
    };
  }

  /**
   * A date, {@code 2030-01-01} (its first moment in UTC), or a UTC time, {@code 2030-01-01T00:00:00Z}.
   *
   * @param name of the property, for the message
   */
  static Instant instant(String name, String text) {
    String word = text.strip();
    try {
      return word.length() == 10
          ? LocalDate.parse(word).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(word.matches(".*T\\d\\d:\\d\\dZ") ? word.replace("Z", ":00Z") : word);
    } catch (DateTimeParseException e) {
      throw new ScheduleException(
          name + ": expected UTC time such as 2030-01-01T00:00:00Z, found '" + text + "'");
    }
  }

  private static ZoneId zone(String name) {
    try {
      return name.isBlank() ? ZoneOffset.UTC : ZoneId.of(name.strip());
    } catch (DateTimeException e) {
      throw new ScheduleException(
          "TimeZone: expected a name such as Asia/Shanghai, found '" + name + "'");
    }
  }

  private static Schedule rate(String expression, Instant start) {
    Matcher form = Pattern.compile("(\\d{1,6})\\s*(minute|hour|day)s?")
        .matcher(expression.strip().toLowerCase(Locale.ROOT));
    long count = form.matches() ? Long.parseLong(form.group(1)) : 0;
    if (count < 1) {
      throw new ScheduleException("Expression: expected a rate such as '30 minutes', '2 hours' or"
          + " '1 day', found '" + expression + "'");
    }
    long interval = switch (form.group(2)) {
      case "minute" -> Duration.ofMinutes(count).toSeconds();
      case "hour" -> Duration.ofHours(count).toSeconds();
      default -> Duration.ofDays(count).toSeconds();
    };
    return after -> {
      long passed = after.isBefore(start) ? 0 : Duration.between(start, after).toSeconds();
      return start.plusSeconds((passed / interval + 1) * interval);
    };
  }

  private static Schedule at(String expression, ZoneId zone) {
    Instant time = local(expression.strip(), zone);
    return after -> time.isAfter(after) ? time : null;
  }

  private static Instant local(String text, ZoneId zone) {
    if (text.matches(".*([Zz]|T.*[+-]\\d\\d:?\\d\\d)")) {
      return instant("Expression", text.toUpperCase(Locale.ROOT));
    }
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
          : LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant();
    } catch (DateTimeParseException e) {
      throw new ScheduleException(
          "Expression: expected a time such as 2030-01-01T00:00:00Z, found '" + text + "'");
    }
  }
}
