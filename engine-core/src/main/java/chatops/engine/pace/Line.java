package chatops.engine.pace;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who waits for one API, in the order in which they came. Times as those of {@link Pace}. Not thread-safe. */
final class Line {
  /** Whoever does not come when told to has left. */
  private static final long GRACE = Duration.ofSeconds(5).toNanos();

  /** Waiters, and when each was told to ask again. */
  private final Map<Object, Long> promised = new LinkedHashMap<>();

  /** How many come first: those who ask now, and with those who were told to come later. Nobody waits for a sleeper. */
  record Ahead(int due, int all) {}

  /** A newcomer goes to the end. */
  Ahead ahead(Object waiter, long now) {
    promised.putIfAbsent(waiter, now);
    int due = 0;
    int all = 0;
    for (Iterator<Map.Entry<Object, Long>> places = promised.entrySet().iterator();
        places.hasNext(); ) {
      Map.Entry<Object, Long> other = places.next();
      if (other.getKey().equals(waiter)) {
        break;
      }
      if (other.getValue() + GRACE < now) {
        places.remove();
        continue;
      }
      all++;
      due += other.getValue() <= now ? 1 : 0;
    }
    return new Ahead(due, all);
  }

  /** It keeps its place until then. */
  void promise(Object waiter, long until) {
    promised.put(waiter, until);
  }

  void leave(Object waiter) {
    promised.remove(waiter);
  }
}
