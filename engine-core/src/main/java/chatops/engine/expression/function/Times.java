package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;

/** The forms in which functions take times, always UTC. */
final class Times {
  private static final LocalDate ANY_DAY = LocalDate.EPOCH;

  private enum Form {
    DATE_TIME("uuuu-MM-dd'T'HH:mm:ss'Z'"),
    DATE_TIME_MINUTES("uuuu-MM-dd'T'HH:mm'Z'"),
    DATE_TIME_BLANK("uuuu-MM-dd HH:mm:ss"),
    DATE("uuuu-MM-dd"),
    TIME("HH:mm:ss'Z'"),
    TIME_MINUTES("HH:mm'Z'");

    private final DateTimeFormatter formatter;

    Form(String pattern) {
      formatter = new DateTimeFormatterBuilder().appendPattern(pattern).toFormatter(Locale.ROOT);
    }

    LocalDateTime parse(String text) {
      return switch (this) {
        case DATE_TIME, DATE_TIME_MINUTES, DATE_TIME_BLANK -> LocalDateTime.parse(text, formatter);
        case DATE -> LocalDate.parse(text, formatter).atStartOfDay();
        case TIME, TIME_MINUTES -> LocalTime.parse(text, formatter).atDate(ANY_DAY);
      };
    }
  }

  /** A time and the form it was written in. */
  record Moment(LocalDateTime time, DateTimeFormatter form, boolean isTimeOfDay) {
    Moment plusSeconds(long seconds) {
      return new Moment(time.plusSeconds(seconds), form, isTimeOfDay);
    }

    String text() {
      return time.format(form);
    }
  }

  private Times() {}

  static Moment parse(Arguments arguments, int index) {
    JsonNode value = arguments.value(index);
    for (Form form : value.isTextual() ? List.of(Form.values()) : List.<Form>of()) {
      try {
        boolean isTimeOfDay = form == Form.TIME || form == Form.TIME_MINUTES;
        return new Moment(form.parse(value.textValue().strip()), form.formatter, isTimeOfDay);
      } catch (DateTimeException otherForm) {
        continue;
      }
    }
    throw arguments.wrong(
        index,
        "a UTC time such as 2024-05-01T03:04:05Z, 2024-05-01T03:04Z, 2024-05-01 or 03:04:05Z",
        value);
  }
}
