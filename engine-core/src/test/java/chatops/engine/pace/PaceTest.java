package chatops.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PaceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private static Arguments storm(
      String name, int calls, double idealSeconds, Supplier<LongPredicate> limiter) {
    return Arguments.of(name, calls, idealSeconds, limiter);
  }

  static Stream<Arguments> storms() {
    return Stream.of(
        storm("10 a second", 200, 20, () -> Limiters.bucket(10, 10)),
        storm("10 a second", 1000, 100, () -> Limiters.bucket(10, 10)),
        storm("10 a second after 100", 200, 10, () -> Limiters.bucket(100, 10)),
        storm("10 a second after 100", 1000, 90, () -> Limiters.bucket(100, 10)),
        storm("50 in each second", 200, 4, () -> Limiters.window(50, 1)),
        storm("50 in each second", 1000, 20, () -> Limiters.window(50, 1)),
        storm("100 in each minute", 200, 120, () -> Limiters.window(100, 60)),
        storm("100 in each minute", 1000, 600, () -> Limiters.window(100, 60)),
        storm("20 in each minute", 200, 600, () -> Limiters.window(20, 60)),
        storm("500 in each minute", 2000, 240, () -> Limiters.window(500, 60)),
        storm("nothing for 5 min", 200, 300, () -> Limiters.outage(0.2, 300, now -> true)),
        storm(
            "nothing for 30 s, 10 a second",
            1000,
            130,
            () -> Limiters.outage(5, 35, Limiters.bucket(10, 10))),
        storm(
            "nothing for 5 min, 100 in each minute",
            1000,
            900,
            () -> Limiters.outage(5, 305, Limiters.window(100, 60))));
  }

  @ParameterizedTest(name = "{0} calls, at most {1} a second")
  @CsvSource({"60, 20, 30", "1000, 20, 400", "60, Infinity, 90", "1000, Infinity, 450"})
  void a_cloud_that_refuses_one_call_in_ten_at_any_rate_is_not_called_ever_slower(
      int calls, double perSecond, int seconds) {
    for (int roundTrip : new int[] {1, 100, 500}) {
      double worst = 0;
      double slowest = 0;
      for (long seed = 1; seed <= 10; seed++) {
        Crowd crowd = new Crowd(
                Pace.atMost(perSecond, seed, 0), Limiters.share(0.1, seed), roundTrip, seed)
            .run(calls, 100);
        assertThat(crowd.taken).isEqualTo(calls);
        worst = Math.max(worst, crowd.ratio());
        slowest = Math.max(slowest, crowd.ended / (double) SECOND);
      }
      System.out.printf(
          "pace: %d calls, one in ten refused, at most %.0f/s, round trip %d ms: %.3f calls for one, %.0f s%n",
          calls, perSecond, roundTrip, worst, slowest);
      assertThat(worst).isLessThan(1.2);
      assertThat(slowest).isLessThan(seconds);
    }
  }

  @ParameterizedTest(name = "{1} calls, {0}")
  @MethodSource("storms")
  void refused_calls_stay_below_a_fifth_of_those_that_pass(
      String name, int calls, double idealSeconds, Supplier<LongPredicate> limiter) {
    for (int roundTrip : new int[] {1, 100, 500}) {
      double worst = 0;
      double slowest = 0;
      for (long seed = 1; seed <= 3; seed++) {
        Crowd crowd = new Crowd(Pace.free(seed, 0), limiter.get(), roundTrip, seed).run(calls, 100);
        assertThat(crowd.taken).isEqualTo(calls);
        worst = Math.max(worst, crowd.ratio());
        slowest = Math.max(slowest, crowd.ended / (double) SECOND);
      }
      System.out.printf(
          "pace: %d calls, %s, round trip %d ms: %.3f calls for one, %.0f s (the limit alone: %.0f s)%n",
          calls, name, roundTrip, worst, slowest, idealSeconds);
      assertThat(worst).isLessThan(1.2);
      assertThat(slowest).isLessThan(5 * idealSeconds + 10);
    }
  }

  @Test
  void a_pace_that_may_not_exceed_a_rate_never_does() {
    Crowd crowd = new Crowd(Pace.atMost(20, 1, 0), Limiters.bucket(8, 21), 50, 1).run(500, 100);

    assertThat(crowd.sent).isEqualTo(500);
    assertThat(crowd.ended).isBetween(23 * SECOND, 28 * SECOND);
  }

  @Test
  void what_never_was_refused_is_held_back_at_its_beginning_only() {
    Crowd crowd = new Crowd(Pace.free(1, 0), now -> true, 100, 1).run(1000, 100);

    assertThat(crowd.sent).isEqualTo(1000);
    assertThat(crowd.ended).isLessThan(4 * SECOND);
  }

  @Test
  void whoever_came_first_goes_first_and_one_that_does_not_come_holds_nobody_up() {
    Pace pace = Pace.free(1, 0);
    pace.ask("refused", 0);
    pace.refused(pace.depart(0), 0);
    long gone = pace.ask("gone", 0);
    long first = pace.ask("first", 0);
    assertThat(first).isGreaterThan(gone);

    long late = gone + 6 * SECOND;
    assertThat(pace.ask("second", late - 4 * SECOND)).isPositive();
    assertThat(pace.ask("first", late)).isZero();
  }

  @Test
  void a_call_about_to_leave_is_called_back_when_another_was_refused() {
    Pace pace = Pace.free(1, 0);
    pace.ask("a", 0);
    pace.ask("b", 0);
    pace.refused(pace.depart(0), 1);

    assertThat(pace.depart(2)).isEqualTo(Pace.SHUT);
  }

  @Test
  void an_hour_without_calls_does_not_make_an_api_look_slow() {
    Pace pace = Pace.free(1, 0);
    for (int i = 0; i < 50; i++) {
      pace.ask(i, i);
      pace.passed(pace.depart(i), i);
    }
    long later = 3600 * SECOND;
    for (int i = 0; i < 50; i++) {
      pace.ask(i, later + i);
      pace.passed(pace.depart(later + i), later + i);
    }
    pace.ask("refused", later + 50);
    pace.refused(pace.depart(later + 50), later + 50);

    assertThat(pace.ask("next", later + 51)).isLessThan(SECOND);
  }
}
