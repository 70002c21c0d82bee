package chatops.engine.pace;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;

/** Callers of one API at one pace, on a clock that jumps: each makes one call, so many at a time, until it is taken. */
final class Crowd {
  private static final long MILLI = 1_000_000;

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final SplittableRandom random;
  private final Pace pace;
  private final LongPredicate limiter;
  private final long roundTrip;
  private long numbers;
  private int begun;
  int sent;
  int taken;
  long ended;

  private enum What {
    ASKS,
    PASSED,
    REFUSED
  }

  private record Event(long at, long number, What what, int caller, long round)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(at, other.at);
      return byTime == 0 ? Long.compare(number, other.number) : byTime;
    }
  }

  /** @param limiter whether the cloud takes a call that reaches it at this time */
  Crowd(Pace pace, LongPredicate limiter, int roundTripMillis, long seed) {
    this.pace = pace;
    this.limiter = limiter;
    this.roundTrip = roundTripMillis * MILLI;
    this.random = new SplittableRandom(seed);
  }

  Crowd run(int calls, int atATime) {
    for (int i = 0; i < Math.min(atATime, calls); i++) {
      add(0, What.ASKS, ++begun, 0);
    }
    while (!events.isEmpty()) {
      Event event = events.remove();
      switch (event.what()) {
        case ASKS -> ask(event);
        case PASSED -> {
          pace.passed(event.round(), event.at());
          taken++;
          ended = event.at();
          if (begun < calls) {
            add(event.at(), What.ASKS, ++begun, 0);
          }
        }
        case REFUSED -> {
          pace.refused(event.round(), event.at());
          add(event.at(), What.ASKS, event.caller(), 0);
        }
      }
    }
    return this;
  }

  private void ask(Event event) {
    long wait = pace.ask(event.caller(), event.at());
    if (wait > 0) {
      // as a worker does: it looks again every two seconds
      add(event.at() + Math.min(wait, 2000 * MILLI), What.ASKS, event.caller(), 0);
      return;
    }
    long round = pace.depart(event.at());
    if (round == Pace.SHUT) {
      add(event.at(), What.ASKS, event.caller(), 0);
      return;
    }
    sent++;
    boolean passes = limiter.test(event.at() + roundTrip / 2);
    long back = event.at() + (long) (roundTrip * (0.9 + 0.2 * random.nextDouble()));
    add(back, passes ? What.PASSED : What.REFUSED, event.caller(), round);
  }

  private void add(long at, What what, int caller, long round) {
    events.add(new Event(at, numbers++, what, caller, round));
  }

  double ratio() {
    return (double) sent / taken;
  }
}
