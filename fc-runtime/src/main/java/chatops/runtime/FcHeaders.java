package chatops.runtime;

import com.sun.net.httpserver.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The {@code x-fc-*} headers of one request, by lower-case name. They hold the role's keys and never enter an event. */
final class FcHeaders {
  private final Map<String, String> values = new HashMap<>();

  static FcHeaders of(Headers headers) {
    FcHeaders fc = new FcHeaders();
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (isFc(header.getKey()) && !header.getValue().isEmpty()) {
        fc.values.put(
            header.getKey().toLowerCase(Locale.ROOT), header.getValue().get(0));
      }
    }
    return fc;
  }

  static boolean isFc(String name) {
    return name.regionMatches(true, 0, "x-fc-", 0, 5);
  }

  /** The value, or empty text. */
  String get(String name) {
    return values.getOrDefault(name, "");
  }

  /** The number, or {@code otherwise} where there is none. */
  int number(String name, int otherwise) {
    String text = get(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException none) {
      return otherwise;
    }
  }
}
