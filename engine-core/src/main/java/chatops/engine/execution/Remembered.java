package chatops.engine.execution;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What short documents that this process wrote say, by their whole text, the latest used: it will read them again soon, and the same text
 * always says the same. What somebody else wrote has another text, so nothing here is ever out of date. Thread-safe.
 *
 * @param <T> immutable
 */
final class Remembered<T> {
  private static final int LONGEST = 16 * 1024;

  private final Map<String, T> said;

  /** @param most how many documents are kept */
  Remembered(int most) {
    this.said = new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
        return size() > most;
      }
    };
  }

  synchronized @Nullable T of(String text) {
    return said.get(text);
  }

  synchronized void put(String text, T value) {
    if (text.length() <= LONGEST) {
      said.put(text, value);
    }
  }
}
