package chatops.engine.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which dates day-of-month and day-of-week allow. {@code ?} and {@code *} leave the choice to the other field; where both choose, a date of either
 * counts, as in five-field cron. {@code L}, {@code LW}, {@code 15W}, {@code L-3}, {@code 6L} and {@code 2#1} mean what
 * they mean in Quartz.
 */
final class CronDays {
  private static final List<String> NAMES =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
  private static final Pattern LAST = Pattern.compile("L(?:-(\\d{1,2}))?(W)?");
  private static final Pattern NEAREST = Pattern.compile("(\\d{1,2})W");
  private static final Pattern LAST_OF = Pattern.compile("([A-Z]{3}|\\d)L");
  private static final Pattern NTH = Pattern.compile("([A-Z]{3}|\\d)#([1-5])");

  private final @Nullable Choice ofMonth;
  private final @Nullable Choice ofWeek;

  /** Whether one field allows a date. */
  private interface Choice {
    boolean allows(LocalDate date);
  }

  /** @param isUnix days of the week count from 0 (Sunday) to 7 (Sunday), not from 1 (Sunday) to 7 (Saturday) */
  CronDays(String dayOfMonth, String dayOfWeek, boolean isUnix) {
    ofMonth = isFree(dayOfMonth) ? null : ofMonth(dayOfMonth.toUpperCase(Locale.ROOT));
    ofWeek = isFree(dayOfWeek) ? null : ofWeek(dayOfWeek.toUpperCase(Locale.ROOT), isUnix);
    if (ofMonth != null && ofWeek != null && !isUnix) {
      throw new ScheduleException("cron: day-of-month is '" + dayOfMonth + "' and day-of-week '"
          + dayOfWeek + "'; only one of them may choose, write ? for the other");
    }
  }

  boolean allow(LocalDate date) {
    if (ofMonth == null || ofWeek == null) {
      return (ofMonth == null || ofMonth.allows(date)) && (ofWeek == null || ofWeek.allows(date));
    }
    return ofMonth.allows(date) || ofWeek.allows(date);
  }

  private static boolean isFree(String field) {
    return field.equals("?") || field.equals("*");
  }

  private static Choice ofMonth(String text) {
    Matcher last = LAST.matcher(text);
    if (last.matches()) {
      int before = last.group(1) == null ? 0 : Integer.parseInt(last.group(1));
      boolean isWeekday = last.group(2) != null;
      return date -> {
        LocalDate wanted = date.with(TemporalAdjusters.lastDayOfMonth()).minusDays(before);
        return date.equals(isWeekday ? weekday(wanted) : wanted);
      };
    }
    Matcher nearest = NEAREST.matcher(text);
    CronField field = new CronField("day-of-month", 1, 31, List.of());
    if (nearest.matches()) {
      int day = field.number(nearest.group(1), text);
      return date -> day <= date.lengthOfMonth() && date.equals(weekday(date.withDayOfMonth(day)));
    }
    BitSet days = field.read(text);
    return date -> days.get(date.getDayOfMonth());
  }

  /** The nearest Monday to Friday in the same month. */
  private static LocalDate weekday(LocalDate date) {
    return switch (date.getDayOfWeek()) {
      case SATURDAY -> date.getDayOfMonth() == 1 ? date.plusDays(2) : date.minusDays(1);
      case SUNDAY ->
        date.getDayOfMonth() == date.lengthOfMonth() ? date.minusDays(2) : date.plusDays(1);
      default -> date;
    };
  }

  private static Choice ofWeek(String text, boolean isUnix) {
    CronField field = isUnix
        ? new CronField("day-of-week", 0, 7, NAMES)
        : new CronField("day-of-week", 1, 7, NAMES);
    Matcher lastOf = LAST_OF.matcher(text);
    if (lastOf.matches()) {
      DayOfWeek day = day(field.number(lastOf.group(1), text), isUnix);
      return date -> date.equals(date.with(TemporalAdjusters.lastInMonth(day)));
    }
    Matcher nth = NTH.matcher(text);
    if (nth.matches()) {
      DayOfWeek day = day(field.number(nth.group(1), text), isUnix);
      int week = Integer.parseInt(nth.group(2));
      return date -> date.getDayOfWeek() == day && (date.getDayOfMonth() + 6) / 7 == week;
    }
    BitSet days = field.read(text.equals("L") ? "SAT" : text);
    BitSet wanted = new BitSet();
    days.stream().forEach(value -> wanted.set(day(value, isUnix).getValue()));
    return date -> wanted.get(date.getDayOfWeek().getValue());
  }

  private static DayOfWeek day(int value, boolean isUnix) {
    int fromSunday = isUnix ? value % 7 : value - 1;
    return DayOfWeek.of(fromSunday == 0 ? 7 : fromSunday);
  }
}
