package chatops.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
  private static List<String> firings(String cron, String zone, String from, int count) {
    Cron schedule = new Cron(cron, ZoneId.of(zone));
    List<String> firings = new ArrayList<>();
    Instant at = Instant.parse(from);
    for (int i = 0; i < count; i++) {
      at = schedule.next(at);
      if (at == null) {
        firings.add("none");
        return firings;
      }
      firings.add(at.toString());
    }
    return firings;
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      0 30 1 ? * *        | 2026-03-01T08:00:00Z | 2026-03-02T01:30:00Z
      0 0 9 ? * MON-FRI   | 2026-03-06T10:00:00Z | 2026-03-09T09:00:00Z
      0 0 9 ? * 2-6       | 2026-03-06T10:00:00Z | 2026-03-09T09:00:00Z
      0 0 9 ? * FRI-MON   | 2026-03-02T10:00:00Z | 2026-03-06T09:00:00Z
      0 0 9 * * MON       | 2026-03-02T10:00:00Z | 2026-03-09T09:00:00Z
      0/20 * * * * ?      | 2026-03-01T08:00:00Z | 2026-03-01T08:00:20Z
      0 5/15 8-10 * * ?   | 2026-03-01T10:50:00Z | 2026-03-02T08:05:00Z
      0 0 22-2 * * ?      | 2026-03-01T22:00:00Z | 2026-03-01T23:00:00Z
      0 0 0 L * ?         | 2026-02-01T00:00:00Z | 2026-02-28T00:00:00Z
      0 0 0 L-3 * ?       | 2026-02-01T00:00:00Z | 2026-02-25T00:00:00Z
      0 0 0 LW * ?        | 2026-02-01T00:00:00Z | 2026-02-27T00:00:00Z
      0 0 0 1W * ?        | 2026-02-02T00:00:00Z | 2026-03-02T00:00:00Z
      0 0 0 15W * ?       | 2026-03-01T00:00:00Z | 2026-03-16T00:00:00Z
      0 0 0 ? * 6L        | 2026-03-01T00:00:00Z | 2026-03-27T00:00:00Z
      0 0 0 ? * MON#2     | 2026-03-01T00:00:00Z | 2026-03-09T00:00:00Z
      0 0 0 ? * 2#5       | 2026-04-01T00:00:00Z | 2026-06-29T00:00:00Z
      0 0 0 ? * L         | 2026-03-01T00:00:00Z | 2026-03-07T00:00:00Z
      0 0 0 29 2 ?        | 2026-03-01T00:00:00Z | 2028-02-29T00:00:00Z
      0 0 0 29 FEB ? 2099-2199 | 2026-03-01T00:00:00Z | 2104-02-29T00:00:00Z
      0 0 0 1 1 ? 2030    | 2026-03-01T00:00:00Z | 2030-01-01T00:00:00Z
      0 0 0 1 1 ? 2025    | 2026-03-01T00:00:00Z | none
      0 0 0 30 2 ?        | 2026-03-01T00:00:00Z | none
      30 9 * * 1-5        | 2026-03-06T10:00:00Z | 2026-03-09T09:30:00Z
      0 9 * * 0           | 2026-03-02T10:00:00Z | 2026-03-08T09:00:00Z
      0 9 * * 7           | 2026-03-02T10:00:00Z | 2026-03-08T09:00:00Z
      0 9 13 * FRI        | 2026-03-01T00:00:00Z | 2026-03-06T09:00:00Z
      0 9 5 * FRI         | 2026-03-01T00:00:00Z | 2026-03-05T09:00:00Z
      """)
  void the_next_firing_is_what_quartz_and_unix_say(String cron, String from, String next) {
    assertThat(firings(cron.strip(), "UTC", from.strip(), 1)).containsExactly(next.strip());
  }

  @Test
  void a_time_that_the_clock_change_leaves_out_fires_once_at_the_change() {
    assertThat(firings("0 30 2 * * ?", "Europe/Berlin", "2026-03-28T12:00:00Z", 2))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
  }

  @Test
  void a_time_that_comes_twice_fires_the_first_time_only() {
    assertThat(firings("0 30 2 * * ?", "Europe/Berlin", "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
  }

  @Test
  void every_hour_is_every_hour_whatever_the_clock_does() {
    assertThat(firings("0 0 * * * ?", "Europe/Berlin", "2026-10-24T23:30:00Z", 4))
        .containsExactly(
            "2026-10-25T00:00:00Z",
            "2026-10-25T01:00:00Z",
            "2026-10-25T02:00:00Z",
            "2026-10-25T03:00:00Z");
    assertThat(firings("0 0 * * * ?", "Europe/Berlin", "2026-03-29T00:30:00Z", 2))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z");
  }

  @Test
  void midnight_that_does_not_exist_fires_at_the_first_moment_of_the_day() {
    assertThat(firings("0 0 0 * * ?", "Africa/Cairo", "2026-04-23T12:00:00Z", 2))
        .containsExactly("2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * *",
        "60 * * * * ?",
        "0 0 9 1 * MON",
        "0 0 9 ? * 8",
        "0 0 9 32 * ?",
        "0 x * * * ?",
        "0 0 9 ? 13 *",
        "0 */0 * * * ?",
        "0 0 9 ? * MON#6",
        "0 0 9 ? * * * *",
        "0 1-2-3 * * * ?",
        "0 -1 * * * ?",
        "0 0 9 40W * ?",
        "0 99999999999 * * * ?"
      })
  void what_is_no_cron_is_refused_with_the_field_and_what_was_expected(String cron) {
    assertThatThrownBy(() -> new Cron(cron, ZoneOffset.UTC))
        .isInstanceOf(ScheduleException.class)
        .hasMessageContaining("cron");
  }

  @Test
  void the_search_agrees_with_looking_at_every_minute() {
    Random random = new Random(20261121);
    for (int round = 0; round < 300; round++) {
      int minute = random.nextInt(60);
      int hour = random.nextInt(24);
      int step = 1 + random.nextInt(6);
      DayOfWeek day = DayOfWeek.of(1 + random.nextInt(7));
      String cron =
          "0 " + minute + " " + hour + "/" + step + " ? * " + day.name().substring(0, 3);
      Predicate<ZonedDateTime> fires = t -> t.getMinute() == minute
          && t.getHour() >= hour
          && (t.getHour() - hour) % step == 0
          && t.getDayOfWeek() == day;
      Instant from = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(31_536_000));
      ZonedDateTime looked =
          from.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60).atZone(ZoneOffset.UTC);
      while (!fires.test(looked)) {
        looked = looked.plusMinutes(1);
      }

      assertThat(new Cron(cron, ZoneOffset.UTC).next(from))
          .as("%s after %s", cron, from)
          .isEqualTo(looked.toInstant());
    }
  }
}
