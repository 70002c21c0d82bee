package chatops.engine.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.misc.JsonNodeUtils;

/**
 * jq's times, always in UTC. A broken-down time is the list year, month from 0, day, hour, minute, second, day of the week
 * from Sunday as 0, day of the year from 0.
 */
final class Calendar {
  private static final int PARTS = 8;

  private interface Step {
    JsonNode of(JsonNode input) throws JsonQueryException;
  }

  private interface FormattedStep {
    JsonNode of(JsonNode input, String format) throws JsonQueryException;
  }

  private Calendar() {}

  static void addTo(Scope scope) {
    add(scope, "gmtime", Calendar::broken);
    add(scope, "mktime", input -> JsonNodeUtils.asNumericNode(seconds(input)));
    add(
        scope,
        "strftime",
        (input, format) ->
            JsonNodeFactory.instance.textNode(text(time(input, "strftime"), format)));
    add(scope, "strptime", Calendar::parsed);
  }

  private static void add(Scope scope, String name, Step step) {
    scope.addFunction(
        name, 0, (at, args, input, path, output, version) -> output.emit(step.of(input), null));
  }

  private static void add(Scope scope, String name, FormattedStep step) {
    scope.addFunction(
        name,
        1,
        (at, args, input, path, output, version) -> args.get(0).apply(at, input, format -> {
          if (!format.isTextual()) {
            throw new JsonQueryException(name + "/1 requires a string format");
          }
          output.emit(step.of(input, format.textValue()), null);
        }));
  }

  private static ArrayNode broken(JsonNode input) throws JsonQueryException {
    if (!input.isNumber()) {
      throw new JsonQueryException("gmtime() requires a number");
    }
    double seconds = input.doubleValue();
    LocalDateTime time = at(seconds);
    ArrayNode parts = parts(time);
    parts.set(5, JsonNodeUtils.asNumericNode(time.getSecond() + (seconds - Math.floor(seconds))));
    return parts;
  }

  private static LocalDateTime at(double seconds) throws JsonQueryException {
    try {
      return LocalDateTime.ofInstant(
          Instant.ofEpochSecond((long) Math.floor(seconds)), ZoneOffset.UTC);
    } catch (DateTimeException tooFar) {
      throw new JsonQueryException("error converting number of seconds since epoch to datetime");
    }
  }

  static ArrayNode parts(LocalDateTime time) {
    return JsonNodeFactory.instance
        .arrayNode()
        .add(time.getYear())
        .add(time.getMonthValue() - 1)
        .add(time.getDayOfMonth())
        .add(time.getHour())
        .add(time.getMinute())
        .add(time.getSecond())
        .add(time.getDayOfWeek().getValue() % 7)
        .add(time.getDayOfYear() - 1);
  }

  private static double seconds(JsonNode input) throws JsonQueryException {
    if (!input.isArray()) {
      throw new JsonQueryException("mktime requires array of 6 numbers");
    }
    return time(input, "mktime").toEpochSecond(ZoneOffset.UTC);
  }

  /** Of a broken-down time or a number of seconds. */
  private static LocalDateTime time(JsonNode input, String function) throws JsonQueryException {
    if (input.isNumber()) {
      return at(input.doubleValue());
    }
    boolean fits = input.isArray() && input.size() >= 6;
    for (int i = 0; fits && i < Math.min(PARTS, input.size()); i++) {
      fits = input.path(i).isNumber();
    }
    if (!fits) {
      throw new JsonQueryException(function
          + (function.equals("mktime")
              ? " requires parsed datetime inputs"
              : "/1 requires parsed datetime inputs"));
    }
    try {
      return LocalDateTime.of(input.path(0).intValue(), 1, 1, 0, 0)
          .plusMonths(input.path(1).intValue())
          .plusDays(input.path(2).longValue() - 1)
          .plusHours(input.path(3).longValue())
          .plusMinutes(input.path(4).longValue())
          .plusSeconds((long) Math.floor(input.path(5).doubleValue()));
    } catch (DateTimeException | ArithmeticException tooFar) {
      throw new JsonQueryException("invalid gmtime representation");
    }
  }

  private static String text(LocalDateTime time, String format) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '%' && i + 1 < format.length()) {
        i++;
        text.append(code(time, format.charAt(i)));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static String code(LocalDateTime time, char code) {
    int hour12 = time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    int weekday = time.getDayOfWeek().getValue();
    return switch (code) {
      case 'Y' -> String.valueOf(time.getYear());
      case 'C' -> two(Math.floorDiv(time.getYear(), 100));
      case 'y' -> two(Math.floorMod(time.getYear(), 100));
      case 'm' -> two(time.getMonthValue());
      case 'd' -> two(time.getDayOfMonth());
      case 'e' -> String.format(Locale.ROOT, "%2d", time.getDayOfMonth());
      case 'H' -> two(time.getHour());
      case 'k' -> String.format(Locale.ROOT, "%2d", time.getHour());
      case 'I' -> two(hour12);
      case 'l' -> String.format(Locale.ROOT, "%2d", hour12);
      case 'M' -> two(time.getMinute());
      case 'S' -> two(time.getSecond());
      case 'j' -> String.format(Locale.ROOT, "%03d", time.getDayOfYear());
      case 'p' -> time.getHour() < 12 ? "AM" : "PM";
      case 'P' -> time.getHour() < 12 ? "am" : "pm";
      case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'u' -> String.valueOf(weekday);
      case 'w' -> String.valueOf(weekday % 7);
      case 'U' -> two((time.getDayOfYear() + 6 - weekday % 7) / 7);
      case 'W' -> two((time.getDayOfYear() + 6 - (weekday + 6) % 7) / 7);
      case 'V' -> two(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'G' -> String.valueOf(time.get(IsoFields.WEEK_BASED_YEAR));
      case 's' -> String.valueOf(time.toEpochSecond(ZoneOffset.UTC));
      case 'Z' -> "UTC";
      case 'z' -> "+0000";
      case 'n' -> "\n";
      case 't' -> "\t";
      case '%' -> "%";
      case 'F' -> text(time, "%Y-%m-%d");
      case 'T', 'X' -> text(time, "%H:%M:%S");
      case 'R' -> text(time, "%H:%M");
      case 'r' -> text(time, "%I:%M:%S %p");
      case 'D', 'x' -> text(time, "%m/%d/%y");
      case 'c' -> text(time, "%a %b %e %H:%M:%S %Y");
      default -> "%" + code;
    };
  }

  private static String two(int number) {
    return String.format(Locale.ROOT, "%02d", number);
  }

  private static JsonNode parsed(JsonNode input, String format) throws JsonQueryException {
    if (!input.isTextual()) {
      throw new JsonQueryException(
          "strptime/1 requires string inputs and arguments, found " + Jq.typeOf(input));
    }
    try {
      return parts(new TimeText(input.textValue()).read(format));
    } catch (DateTimeException | NumberFormatException differs) {
      throw new JsonQueryException(
          "date \"" + input.textValue() + "\" does not match format \"" + format + "\"");
    }
  }
}
