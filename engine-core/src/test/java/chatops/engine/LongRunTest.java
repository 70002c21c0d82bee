package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.execution.Question;
import chatops.engine.run.Advanced;
import chatops.engine.run.Settings;
import chatops.engine.testkit.Crash;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import chatops.engine.view.ExecutionView;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Work that takes longer than a function may run, and waits of any length. */
class LongRunTest {
  private static final Duration FUNCTION = Duration.ofMinutes(2);
  private static final int INSTANCES = 150;

  private static final String ONE_BY_ONE = """
      FormatVersion: OOS-2019-06-01
      Parameters: {ids: {Type: Json}}
      Tasks:
        - Name: each
          Action: ACS::ECS::RebootInstance
          Properties: {instanceId: '{{ ACS::TaskLoopItem }}'}
          Loop: {Items: '{{ ids }}', RateControl: {Mode: Concurrency, Concurrency: 1, MaxErrors: 0}}
      """;

  private final World world = new World()
      .settings(Settings.defaults())
      .template("bulk", ONE_BY_ONE)
      .template("ACS::ECS::RebootInstance", Yaml.REBOOT);
  private int invocations;

  private String instances() {
    IntStream.range(0, INSTANCES).forEach(i -> world.cloud.instance("i-" + i, "Running"));
    return IntStream.range(0, INSTANCES)
        .mapToObj(i -> "\"i-" + i + "\"")
        .collect(Collectors.joining(",", "{\"ids\":[", "]}"));
  }

  /** One invocation of the function, with whatever time it has. */
  private Advanced invoke() {
    invocations++;
    return world.engine().advance(World.ID, world.clock.instant().plus(FUNCTION));
  }

  @Test
  void goes_on_in_the_next_invocation_without_a_pause() {
    world.engine().start(world.wish("bulk", instances()));
    Instant start = world.clock.instant();
    Advanced last = invoke();
    while (last.state() == Advanced.State.PARKED) {
      // it has asked for the next invocation at once, or for when the instance is looked at next
      assertThat(world.wakes().get(world.wakes().size() - 1))
          .isEqualTo(last.wakeAt())
          .isBeforeOrEqualTo(world.clock.instant().plusSeconds(20));
      world.clock.setAtLeast(Objects.requireNonNull(last.wakeAt()));
      assertThat(world.view().statusMessage()).isEmpty();
      last = invoke();
    }

    ExecutionView view = world.view();
    Duration took = Duration.between(start, world.clock.instant());
    System.out.printf(
        "long run: %d reboots one by one took %s, %d invocations of %s, %d commits%n",
        INSTANCES, took, invocations, FUNCTION, view.counters().commits());
    assertThat(view.status()).isEqualTo("Success");
    assertThat(took).isGreaterThan(FUNCTION.multipliedBy(2));
    assertThat(invocations)
        .isBetween((int) took.dividedBy(FUNCTION), (int) took.dividedBy(FUNCTION) + 2);
    assertThat(world.cloud.effects()).hasSize(INSTANCES).doesNotHaveDuplicates();
    assertThat(view.counters().wakeUps()).isEqualTo(invocations - 1);
  }

  @Test
  void goes_on_after_it_was_killed_at_the_deadline_without_a_warning() {
    world.engine().start(world.wish("bulk", instances()));
    int kills = 0;
    for (int i = 0; i < 1_000 && world.view().endedAt() == null; i++) {
      if (i < 20 && i % 2 == 0) {
        // the deadline comes while a reboot is under way that took longer than anybody thought
        world.cloud.during("RebootInstance", () -> {
          world.clock.advance(FUNCTION);
          throw new Crash("the function's time is over");
        });
      }
      try {
        invoke();
      } catch (Crash killed) {
        kills++;
        world.restart();
      }
      decide();
      Instant wakeAt = world.view().wakeAt();
      world.clock.setAtLeast(wakeAt == null ? world.clock.instant() : wakeAt);
    }

    System.out.printf(
        "long run: %d reboots, %d invocations, %d of them killed%n", INSTANCES, invocations, kills);
    assertThat(kills).isGreaterThan(2);
    assertThat(world.view().status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).hasSize(INSTANCES).doesNotHaveDuplicates();
  }

  /** What people say who have looked: the killed reboots all happened. */
  private void decide() {
    for (Question question : world.view().questions()) {
      if (question.answer() == null) {
        world.engine().decideOutcome(World.ID, question.id(), Question.Answer.SKIP, World.BO);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1S,PT1S,3", "30S,PT30S,5", "5M,PT5M,5", "2H,PT2H,5", "3D,PT72H,7", "30D,PT720H,34"})
  void a_wait_ends_on_time_and_costs_a_commit_a_day(String duration, Duration wait, int commits) {
    world.template("nap", """
        FormatVersion: OOS-2019-06-01
        Tasks: [{Name: nap, Action: ACS::Sleep, Properties: {Duration: %s}}]
        """.formatted(duration));
    Instant start = world.clock.instant();

    // nothing but the sweep of every minute: all wake-ups are lost
    world.engine().start(world.wish("nap", "{}"));
    world.engine().advance(World.ID, start.plus(FUNCTION));
    while (world.view().endedAt() == null) {
      Instant wakeAt = world.view().wakeAt();
      world.clock.setAtLeast(
          wakeAt == null ? world.clock.instant() : wakeAt.plus(Duration.ofMinutes(1)));
      world.sweep(world.engine(), FUNCTION);
    }

    ExecutionView view = world.view();
    assertThat(view.status()).isEqualTo("Success");
    assertThat(Duration.between(start.plus(wait), view.endedAt()))
        .isBetween(Duration.ZERO, Duration.ofMinutes(1));
    assertThat(view.counters().commits()).isLessThanOrEqualTo(commits);
  }
}
