package chatops.engine.expression.function;

import chatops.engine.expression.Arguments;
import java.time.LocalDateTime;
import java.util.Locale;

/** The strftime codes {@code %Y %m %d %H %M %S %y %j %Z %%}. */
final class Strftime {
  private Strftime() {}

  static String format(LocalDateTime time, Arguments arguments, int index) {
    String format = arguments.text(index);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%') {
        text.append(c);
        continue;
      }
      i++;
      if (i == format.length()) {
        throw arguments.wrong(index, "a code after %", arguments.value(index));
      }
      switch (format.charAt(i)) {
        case 'Y' -> text.append(padded(4, time.getYear()));
        case 'y' -> text.append(padded(2, time.getYear() % 100));
        case 'm' -> text.append(padded(2, time.getMonthValue()));
        case 'd' -> text.append(padded(2, time.getDayOfMonth()));
        case 'j' -> text.append(padded(3, time.getDayOfYear()));
        case 'H' -> text.append(padded(2, time.getHour()));
        case 'M' -> text.append(padded(2, time.getMinute()));
        case 'S' -> text.append(padded(2, time.getSecond()));
        case 'Z' -> text.append("UTC");
        case '%' -> text.append('%');
        default ->
          throw arguments.wrong(
              index, "the codes %Y %m %d %H %M %S %y %j %Z %%", arguments.value(index));
      }
    }
    return text.toString();
  }

  private static String padded(int width, int number) {
    return String.format(Locale.ROOT, "%0" + width + "d", number);
  }
}
