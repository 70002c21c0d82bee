package chatops.engine.schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression in a time zone: <em>second minute hour day-of-month month day-of-week [year]</em> as in Quartz (days
 * of the week 1 = Sunday), or five fields as in Unix (no seconds, days of the week 0 = Sunday). Immutable.
 *
 * <p>Where clocks change: a time that the change leaves out fires once, at the change; a time that comes twice fires the first time only.
 * Hours written with {@code *} follow the clock's own course instead: every hour that passes counts.
 */
final class Cron implements Schedule {
  /** Quartz ends here, too. */
  private static final int LAST_YEAR = 2199;

  /** A date that never comes, 30 February, is given up after this; every possible one comes sooner. */
  private static final int MOST_DAYS = 41 * 366;

  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

  private final BitSet seconds;
  private final BitSet minutes;
  private final BitSet hours;
  private final boolean followsClock;
  private final BitSet months;
  private final CronDays days;
  private final BitSet years;
  private final ZoneId zone;

  Cron(String expression, ZoneId zone) {
    String[] given = expression.strip().split("\\s+");
    boolean isUnix = given.length == 5;
    if (given.length < 5 || given.length > 7) {
      throw new ScheduleException(
          "cron: expected 6 or 7 fields (second minute hour day-of-month month"
              + " day-of-week [year]) such as '0 30 1 ? * *', found '" + expression + "'");
    }
    int at = isUnix ? 0 : 1;
    this.zone = zone;
    this.seconds = new CronField("second", 0, 59, List.of()).read(isUnix ? "0" : given[0]);
    this.minutes = new CronField("minute", 0, 59, List.of()).read(given[at]);
    this.hours = new CronField("hour", 0, 23, List.of()).read(given[at + 1]);
    this.followsClock = given[at + 1].startsWith("*");
    this.months = new CronField("month", 1, 12, MONTHS).read(given[at + 3].replace('?', '*'));
    this.days = new CronDays(given[at + 2], given[at + 4], isUnix);
    this.years = new CronField("year", 1970, LAST_YEAR, List.of())
        .read(given.length == 7 ? given[6].replace('?', '*') : "*");
  }

  @Override
  public @Nullable Instant next(Instant after) {
    LocalDate date = after.atZone(zone).toLocalDate();
    for (int day = 0; day < MOST_DAYS; day++) {
      if (date.getYear() > LAST_YEAR) {
        return null;
      }
      if (!years.get(date.getYear())) {
        int year = years.nextSetBit(date.getYear());
        if (year < 0) {
          return null;
        }
        date = LocalDate.of(year, 1, 1);
      }
      if (months.get(date.getMonthValue()) && days.allow(date)) {
        Instant found = within(date, after);
        if (found != null) {
          return found;
        }
      }
      date = date.plusDays(1);
    }
    return null;
  }

  private @Nullable Instant within(LocalDate date, Instant after) {
    ZonedDateTime minute = date.atStartOfDay(zone);
    Instant started = after.truncatedTo(ChronoUnit.MINUTES);
    if (minute.toInstant().isBefore(started)) {
      minute = started.atZone(zone);
    }
    while (minute.toLocalDate().equals(date)) {
      Instant found = within(minute, after);
      if (found != null) {
        return found;
      }
      boolean isHourOut = !hours.get(minute.getHour()) && !isChangeNear(minute);
      minute = isHourOut ? minute.plusMinutes(60 - minute.getMinute()) : minute.plusMinutes(1);
    }
    return null;
  }

  private boolean isChangeNear(ZonedDateTime minute) {
    ZoneOffsetTransition next = zone.getRules().nextTransition(minute.toInstant());
    return next != null && next.getInstant().isBefore(minute.toInstant().plusSeconds(7200));
  }

  private @Nullable Instant within(ZonedDateTime minute, Instant after) {
    if (!followsClock && isLeftOut(minute)) {
      return minute.toInstant().isAfter(after) ? minute.toInstant() : null;
    }
    boolean isSecondTime = !followsClock && !minute.equals(minute.withEarlierOffsetAtOverlap());
    if (isSecondTime || !hours.get(minute.getHour()) || !minutes.get(minute.getMinute())) {
      return null;
    }
    return seconds.stream()
        .mapToObj(second -> minute.toInstant().plusSeconds(second))
        .filter(at -> at.isAfter(after))
        .findFirst()
        .orElse(null);
  }

  /** Whether the clock was just put forward over a time that should have fired. */
  private boolean isLeftOut(ZonedDateTime minute) {
    ZoneOffsetTransition change =
        zone.getRules().nextTransition(minute.toInstant().minusNanos(1));
    if (change == null || !change.isGap() || !change.getInstant().equals(minute.toInstant())) {
      return false;
    }
    LocalDateTime left = change.getDateTimeBefore();
    while (left.isBefore(change.getDateTimeAfter())) {
      if (hours.get(left.getHour()) && minutes.get(left.getMinute())) {
        return true;
      }
      left = left.plusMinutes(1);
    }
    return false;
  }
}
