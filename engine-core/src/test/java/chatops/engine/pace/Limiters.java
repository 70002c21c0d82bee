package chatops.engine.pace;

import java.util.SplittableRandom;
import java.util.function.LongPredicate;

/** Ways in which a cloud says that there are too many calls. Not thread-safe; times are nanoseconds and never go back. */
public final class Limiters {
  private static final double SECOND = 1e9;

  private Limiters() {}

  /** Room for {@code size} calls, filled up at {@code perSecond}. */
  public static LongPredicate bucket(int size, double perSecond) {
    double[] state = {size, Double.NaN};
    return now -> {
      double seconds = now / SECOND;
      double since = Double.isNaN(state[1]) ? 0 : seconds - state[1];
      state[0] = Math.min(size, state[0] + since * perSecond);
      state[1] = seconds;
      boolean passes = state[0] >= 1;
      state[0] -= passes ? 1 : 0;
      return passes;
    };
  }

  /** So many calls in each span of {@code seconds}, counted anew at its beginning. */
  public static LongPredicate window(int calls, int seconds) {
    long[] state = {Long.MIN_VALUE, 0};
    return now -> {
      long span = (long) (now / SECOND / seconds);
      if (span != state[0]) {
        state[0] = span;
        state[1] = 0;
      }
      return state[1]++ < calls;
    };
  }

  /** This share of the calls is refused, however fast or slowly they come. */
  public static LongPredicate share(double refused, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return now -> random.nextDouble() >= refused;
  }

  /** Nothing passes between two times; otherwise {@code inner} says. */
  public static LongPredicate outage(double fromSeconds, double toSeconds, LongPredicate inner) {
    return now -> (now < fromSeconds * SECOND || now >= toSeconds * SECOND) && inner.test(now);
  }
}
