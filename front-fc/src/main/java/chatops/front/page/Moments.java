package chatops.front.page;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times on pages: in UTC for everybody, in the reader's own zone where the script runs. */
final class Moments {
  private Moments() {}

  /** {@code 2026-11-20 22:00:05 UTC}; nothing when there is no time. */
  static void time(Html body, String iso) {
    time(body, iso, false);
  }

  /** {@code 22:00:05}. */
  static void clock(Html body, String iso) {
    time(body, iso, true);
  }

  private static void time(Html body, String iso, boolean isClock) {
    Instant at = parse(iso);
    if (at == null) {
      body.text(iso);
      return;
    }
    String text = at.toString();
    String shown = isClock
        ? text.substring(11, 19)
        : text.substring(0, 10) + " " + text.substring(11, 19) + " UTC";
    body.raw("<time datetime=\"")
        .text(iso)
        .raw(isClock ? "\" data-form=\"clock\">" : "\">")
        .text(shown)
        .raw("</time>");
  }

  /** {@code 850 ms}, {@code 12.3 s}, {@code 4 min 5 s}, {@code 2 h 3 min}, {@code 3 d 4 h}: the same in every language. */
  static String duration(Duration duration) {
    long millis = Math.max(0, duration.toMillis());
    if (millis < 1000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return millis / 1000 + "." + millis % 1000 / 100 + " s";
    }
    if (millis < 3_600_000) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return duration.toHours() < 48
        ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
        : duration.toDays() + " d " + duration.toHoursPart() + " h";
  }

  /** Empty when one of them is no time. */
  static String between(String from, String to) {
    Instant start = parse(from);
    Instant end = parse(to);
    return start == null || end == null ? "" : duration(Duration.between(start, end));
  }

  static @Nullable Instant parse(String iso) {
    try {
      return iso.isEmpty() ? null : Instant.parse(iso);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
