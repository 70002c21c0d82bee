package chatops.engine.share;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.store.SharedRow;
import chatops.engine.store.SharedRows;
import chatops.engine.store.memory.InMemoryExecutionStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class LastSweepTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final SharedRows rows = new InMemoryExecutionStore(InstantSource.fixed(NOON)).shared();

  private String stamp() {
    return rows.under("sweep:", 10).stream().map(SharedRow::stamp).findFirst().orElse("");
  }

  @Test
  void whoever_reads_the_store_sees_when_the_last_sweep_of_any_process_ended() {
    LastSweep watcher = new LastSweep(rows);
    assertThat(watcher.time()).isEmpty();

    new LastSweep(rows).ended(NOON);
    assertThat(watcher.time()).contains(NOON);

    new LastSweep(rows).ended(NOON.plusSeconds(60));
    assertThat(watcher.time()).contains(NOON.plusSeconds(60));
  }

  @Test
  void ten_processes_that_sweep_in_the_same_half_minute_write_once() {
    new LastSweep(rows).ended(NOON);
    String first = stamp();

    for (int process = 0; process < 10; process++) {
      new LastSweep(rows).ended(NOON.plusSeconds(process));
    }

    assertThat(stamp()).isEqualTo(first);
    assertThat(rows.under("sweep:", 10)).hasSize(1);
  }

  @Test
  void a_clock_that_is_behind_does_not_take_the_sign_back() {
    new LastSweep(rows).ended(NOON);

    new LastSweep(rows).ended(NOON.minusSeconds(90));

    assertThat(new LastSweep(rows).time()).contains(NOON);
  }

  @Test
  void it_is_late_when_three_minutes_have_passed() {
    Duration justNot = Duration.ofMinutes(3).minusMillis(1);

    assertThat(LastSweep.isLate(NOON, NOON.plus(justNot))).isFalse();
    assertThat(LastSweep.isLate(NOON, NOON.plus(Duration.ofMinutes(3)))).isTrue();
  }
}
