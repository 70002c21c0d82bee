package chatops.engine.jq;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A text that is read as a time by a {@code strptime} format; used once. */
final class TimeText {
  private static final List<String> MONTHS = Arrays.stream(Month.values())
      .map(month -> month.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
      .toList();
  private static final List<String> DAYS = Arrays.stream(DayOfWeek.values())
      .map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
      .toList();

  private final String text;
  private int at;
  private int year = 1900;
  private int month = 1;
  private int day = 1;
  private int dayOfYear;
  private int hour;
  private int minute;
  private int second;
  private boolean afternoon;
  private boolean twelveHours;

  TimeText(String text) {
    this.text = text;
  }

  /** @throws DateTimeException when the text is not of that form */
  LocalDateTime read(String format) {
    take(format);
    if (at < text.length()) {
      throw new DateTimeException("more text than format");
    }
    LocalDate date =
        dayOfYear > 0 ? LocalDate.ofYearDay(year, dayOfYear) : LocalDate.of(year, month, day);
    int clock = twelveHours ? hour % 12 + (afternoon ? 12 : 0) : hour;
    return LocalDateTime.of(date, LocalTime.of(clock, minute)).plusSeconds(second);
  }

  private void take(String format) {
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '%' && i + 1 < format.length()) {
        i++;
        code(format.charAt(i));
      } else if (Character.isWhitespace(c)) {
        blanks();
      } else {
        literal(c);
      }
    }
  }

  private void literal(char c) {
    if (at >= text.length() || text.charAt(at) != c) {
      throw new DateTimeException("another character");
    }
    at++;
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private void code(char code) {
    switch (code) {
      case 'Y' -> year = number(0, 9_999, 4);
      case 'y' -> {
        int two = number(0, 99, 2);
        year = two + (two < 69 ? 2_000 : 1_900);
      }
      case 'm' -> month = number(1, 12, 2);
      case 'd', 'e' -> day = number(1, 31, 2);
      case 'j' -> dayOfYear = number(1, 366, 3);
      case 'H', 'k' -> hour = number(0, 23, 2);
      case 'I', 'l' -> {
        hour = number(1, 12, 2);
        twelveHours = true;
      }
      case 'M' -> minute = number(0, 59, 2);
      case 'S' -> second = number(0, 60, 2);
      case 'p', 'P' -> afternoon = word(List.of("AM", "PM")) == 1;
      case 'b', 'B', 'h' -> month = word(MONTHS) + 1;
      case 'a', 'A' -> word(DAYS);
      case 'Z' -> {
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
          at++;
        }
      }
      case 'z' -> zone();
      case 's' -> instant();
      case 'n', 't' -> blanks();
      case '%' -> literal('%');
      case 'F' -> take("%Y-%m-%d");
      case 'T' -> take("%H:%M:%S");
      case 'R' -> take("%H:%M");
      case 'D' -> take("%m/%d/%y");
      default -> throw new DateTimeException("unknown code");
    }
  }

  private int number(int least, int most, int digits) {
    blanks();
    int from = at;
    while (at < text.length() && at - from < digits && Character.isDigit(text.charAt(at))) {
      at++;
    }
    int number = Integer.parseInt(text.substring(from, at));
    if (number < least || number > most) {
      throw new DateTimeException("out of range");
    }
    return number;
  }

  private int word(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      for (String form : List.of(
          words.get(i), words.get(i).substring(0, Math.min(3, words.get(i).length())))) {
        if (text.regionMatches(true, at, form, 0, form.length())) {
          at += form.length();
          return i;
        }
      }
    }
    throw new DateTimeException("another word");
  }

  // read, but jq's broken-down times have no zone
  private void zone() {
    blanks();
    if (text.startsWith("Z", at)) {
      at++;
      return;
    }
    if (!text.startsWith("+", at) && !text.startsWith("-", at)) {
      throw new DateTimeException("no zone");
    }
    at++;
    number(0, 14, 2);
    if (text.startsWith(":", at)) {
      at++;
    }
    number(0, 59, 2);
  }

  private void instant() {
    int from = at;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(Long.parseLong(text.substring(from, at)), 0, ZoneOffset.UTC);
    year = time.getYear();
    month = time.getMonthValue();
    day = time.getDayOfMonth();
    hour = time.getHour();
    minute = time.getMinute();
    second = time.getSecond();
  }
}
