package chatops.local.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
  private static final long SEED = 20261121;
  private static final int YEARS = 4;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdown();
  }

  private Simulation run(long seed, Duration time, Duration meanPause) {
    Simulation simulation = new Simulation(seed, threads);
    simulation.run(time, meanPause);
    simulation.close();
    return simulation;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void two_days_of_trouble_lose_nothing_and_repeat_nothing(long seed) {
    Simulation simulation = run(seed, Duration.ofDays(2), Duration.ofHours(2));

    assertThat(simulation.violations())
        .as("seed %s, %s", seed, simulation.figures())
        .isEmpty();
  }

  @Test
  void the_same_seed_goes_the_same_way_step_by_step() {
    String first = run(SEED, Duration.ofDays(1), Duration.ofHours(1)).hash();

    assertThat(run(SEED, Duration.ofDays(1), Duration.ofHours(1)).hash()).isEqualTo(first);
    assertThat(run(SEED + 1, Duration.ofDays(1), Duration.ofHours(1)).hash()).isNotEqualTo(first);
  }

  @Test
  @Tag("long")
  void years_of_trouble_lose_nothing_and_repeat_nothing() {
    for (int year = 0; year < YEARS; year++) {
      long seed = SEED + year;
      Simulation simulation = run(seed, Duration.ofDays(366), Duration.ofHours(6));

      System.out.println("long-job: SimulatedYear seed=" + seed + " count=1 days=366 hash="
          + simulation.hash() + " violations=" + simulation.violations().size() + " "
          + simulation.figures());
      assertThat(simulation.violations()).as("seed %s", seed).isEmpty();
    }
  }
}
