package chatops.chat.rights;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lengths of time as {@code chatops.yaml} spells them: a number and {@code s}, {@code m}, {@code h} or {@code d}. */
final class Lifetime {
  static final String FORM = "expected a number and s, m, h or d, such as 72h or 30d";

  private static final int DIGITS = 6;

  private Lifetime() {}

  /** Null when the text is none, or is no time at all. */
  static @Nullable Duration parse(String text) {
    int end = text.length() - 1;
    if (end < 1 || end > DIGITS) {
      return null;
    }
    long number = 0;
    for (int i = 0; i < end; i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return null;
      }
      number = number * 10 + digit - '0';
    }
    if (number == 0) {
      return null;
    }
    switch (text.charAt(end)) {
      case 's':
        return Duration.ofSeconds(number);
      case 'm':
        return Duration.ofMinutes(number);
      case 'h':
        return Duration.ofHours(number);
      case 'd':
        return Duration.ofDays(number);
      default:
        return null;
    }
  }

  static String text(Duration time) {
    long seconds = time.getSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
