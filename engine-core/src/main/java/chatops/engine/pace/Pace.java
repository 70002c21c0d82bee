package chatops.engine.pace;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.SplittableRandom;

/**
 * How fast one API is called by this process. Nothing is held back but a first burst, until the cloud refuses a call because
 * there are too many; from then on callers queue. One of them probes, after growing pauses; when it passes, calls follow at
 * the rate that was measured to pass, and only when enough have passed for each that was refused is more tried. So the share of
 * refused calls is bounded, however long the cloud goes on refusing. Where slowing down does not help, because a share of the
 * calls is refused at any rate, it is taken back.
 *
 * <p>Times are nanoseconds of a monotonic clock. Thread-safe.
 */
public final class Pace {
  /** Answer of {@link #depart}: not now. */
  public static final long SHUT = -1;

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** So many calls may be out before one has passed, and one more for each {@link #SHARE} that have. */
  private static final int FIRST = 8;

  private static final int SHARE = 8;
  private static final int MOST_OUT = 100;

  /** A call that is out longer is slow, not refused. */
  private static final long REFUSED_WITHIN = SECOND;

  /** Calls so near together go out together: they share a commit. */
  private static final long TICK = SECOND / 5;

  private static final long GLANCE = SECOND / 10;
  private static final long SHORTEST_PAUSE = SECOND / 4;
  private static final long LONGEST_FIRST_PAUSE = 10 * SECOND;
  private static final long LONGEST_WAIT = 60 * SECOND;
  private static final long LONGEST_PAUSE = 60 * SECOND;
  private static final int PAUSE_GROWTH = 3;

  private static final long STILL = 5 * SECOND;

  /** So much of what was measured is asked for again. */
  private static final double MARGIN = 0.95;

  /** Calls that must pass for each refused one before more is tried. */
  private static final int BUDGET = 10;

  /** So many refused in a row are no chance: the API is shut to more for a while. */
  private static final int SHUTTING = 3;

  /** So often slowing down must have been in vain before more is tried than before it. */
  private static final int DOUBTS = 2;

  private static final double GROWTH = 0.02;
  private static final int GROWTH_DOUBLES = 32;
  private static final double SLOWEST = 1.0 / 60;

  private final double limit;
  private final SplittableRandom jitter;
  private final Line line = new Line();
  private final ArrayDeque<Long> out = new ArrayDeque<>();
  private boolean isFree;
  private long askedAt;
  private long passed;

  /** Calls of an earlier round were sent before the last refusal: theirs is no news. */
  private long round;

  private double rate;
  private double ceiling;
  private int window = MOST_OUT;
  private long next;
  private long shutUntil;
  private int refusals;
  private int debt;
  private int growths;

  /** Since the last refusal that ended a time of passing. */
  private int delivered;

  /** The rate before it was last slowed down, the one that was set then, and how often that was in vain. */
  private double before;

  private double settled;
  private int vain;

  /** Refused one after another, now and at most since it was last slowed down. */
  private int row;

  private int longestRow;
  private long workingSince;
  private long shutSince;
  private long shutFor;
  private long firstPause;

  private Pace(double limit, long seed, long now) {
    this.limit = limit;
    this.jitter = new SplittableRandom(seed);
    this.isFree = limit == Double.POSITIVE_INFINITY;
    this.rate = limit;
    this.ceiling = limit;
    this.next = now;
    this.shutUntil = now;
    this.askedAt = now;
    this.workingSince = now;
  }

  /** Held back only after a refusal. */
  public static Pace free(long seed, long now) {
    return new Pace(Double.POSITIVE_INFINITY, seed, now);
  }

  /** Never faster than this many calls a second. */
  public static Pace atMost(double perSecond, long seed, long now) {
    return new Pace(perSecond, seed, now);
  }

  /**
   * Asks to make one call.
   *
   * @param waiter who asks; the same each time for the same call
   * @return zero: make it now; else in how many nanoseconds to ask again, when it keeps its place in the queue
   */
  public synchronized long ask(Object waiter, long now) {
    rest(now);
    if (isFree) {
      return goes(outstanding(now) < Math.min(MOST_OUT, FIRST + passed / SHARE), now) ? 0 : GLANCE;
    }
    long base = Math.max(Math.max(next, shutUntil), now);
    Line.Ahead ahead = line.ahead(waiter, now);
    long slot = base + ahead.due() * interval();
    boolean isDue = refusals == 0 ? slot <= now + TICK : slot <= now;
    if (goes(isDue && outstanding(now) < window, now)) {
      line.leave(waiter);
      next = Math.max(next, now) + interval();
      return 0;
    }
    // the rate of a probe tells nothing about how fast the queue moves once it has passed
    long guess = base - now + (long) (ahead.all() * (SECOND / ceiling));
    long wait = Math.max(GLANCE, Math.min(guess, Math.max(LONGEST_WAIT, guess / 2)));
    line.promise(waiter, now + wait);
    return wait;
  }

  /** A time in which nobody wanted to call says nothing about how much passes. */
  private void rest(long now) {
    long still = now - askedAt;
    if (refusals == 0 && still > Math.max(STILL, isFree ? 0 : 2 * interval())) {
      workingSince += still;
    }
    askedAt = now;
  }

  private boolean goes(boolean may, long now) {
    if (may) {
      out.add(now);
    }
    return may;
  }

  private long interval() {
    return (long) (SECOND / rate);
  }

  private int outstanding(long now) {
    while (!out.isEmpty() && now - out.peek() > REFUSED_WITHIN) {
      out.remove();
    }
    return out.size();
  }

  /**
   * Just before the call is sent.
   *
   * @return what to tell {@link #passed} or {@link #refused}; {@link #SHUT} when others were refused meanwhile, and the call must
   *     ask again
   */
  public synchronized long depart(long now) {
    if (now < shutUntil) {
      out.poll();
      return SHUT;
    }
    return round;
  }

  /** The call was taken, whatever its answer is. */
  public synchronized void passed(long sent, long now) {
    out.poll();
    passed++;
    row = 0;
    delivered++;
    debt = Math.max(0, debt - 1);
    if (isFree || sent < round) {
      return;
    }
    if (refusals > 0) {
      refusals = 0;
      shutFor += Math.min(LONGEST_PAUSE, now - shutSince);
      workingSince += now - shutSince;
    }
    window = Math.min(MOST_OUT, window + 1);
    if (rate < ceiling) {
      rate = Math.min(ceiling, rate * 2);
    } else if (debt == 0) {
      // the longer nothing is refused, the bolder
      rate = Math.min(limit, rate * (1 + Math.min(1, GROWTH * (1 << growths / GROWTH_DOUBLES))));
      ceiling = rate;
      growths = Math.min(growths + 1, 6 * GROWTH_DOUBLES);
    }
  }

  /** The cloud said that there are too many calls. */
  public synchronized void refused(long sent, long now) {
    out.poll();
    debt += BUDGET;
    row++;
    longestRow = Math.max(longestRow, row);
    if (sent < round) {
      return;
    }
    if (refusals == 0) {
      slowDown(now);
      firstPause =
          Math.min(LONGEST_FIRST_PAUSE, Math.max(SHORTEST_PAUSE, (long) (SECOND / ceiling)));
      shutSince = now;
    }
    refusals++;
    round++;
    window = 1;
    double full = firstPause * Math.pow(PAUSE_GROWTH, Math.min(refusals - 1, 10));
    long pause = (long) (Math.min(full, LONGEST_PAUSE) * (0.85 + 0.3 * jitter.nextDouble()));
    rate = Math.min(ceiling, (double) SECOND / pause);
    next = now + pause;
    shutUntil = next;
  }

  /**
   * A rate that was slowed down to what passes is refused again only when more was tried. If it is refused without that, one at
   * a time, the rate was not to blame: what slowing down took is given back.
   */
  private void slowDown(long now) {
    boolean isInVain = !isFree && ceiling <= settled / MARGIN && longestRow < SHUTTING;
    if (isInVain && before > ceiling) {
      vain++;
      ceiling = Math.min(limit, vain > DOUBTS ? 2 * before : before);
      before = 0;
    } else {
      vain = isInVain ? vain : 0;
      // before the first refusal a few calls measure nothing either
      before = !isFree ? ceiling : delivered < FIRST ? FIRST : 0;
      measure(now);
    }
    settled = ceiling;
  }

  /** What passed from one such moment to the next, the pauses between included, is what passes for good. */
  private void measure(long now) {
    double worked = (double) Math.max(now - workingSince + shutFor, SECOND) / SECOND;
    // a few calls measure nothing
    double least = isFree || delivered >= FIRST || longestRow >= SHUTTING ? SLOWEST : ceiling / 2;
    ceiling = Math.min(limit, Math.max(least, Math.max(1, delivered) / worked * MARGIN));
    delivered = 0;
    shutFor = 0;
    growths = 0;
    longestRow = 0;
    workingSince = now;
    isFree = false;
  }

  synchronized boolean isIdle(long now, long after) {
    return now - askedAt > after;
  }
}
