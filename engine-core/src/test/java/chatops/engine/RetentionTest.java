package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.execution.Decision;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.run.Settings;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionRow;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.Crash;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import chatops.engine.view.ExecutionView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {
  private static final ExecutionId OPEN = new ExecutionId("exec-stillopen");

  /** Its outputs are so large that they lie in a blob. */
  private static final String LARGE = """
      FormatVersion: OOS-2019-06-01
      Parameters: {text: {Type: String}}
      Tasks:
        - {Name: nap, Action: ACS::Sleep, Properties: {Duration: PT1S}}
      Outputs:
        text: {Type: String, Value: '{{ text }}'}
      """;

  private static World world(Boundaries boundaries) {
    World world = new World(boundaries)
        .settings(
            Settings.defaults().withInProcessWait(Duration.ZERO).withRetention(Duration.ofDays(30)))
        .template("large", LARGE)
        .template("bulk", Yaml.BULK_REBOOT)
        .template("ACS::ECS::RebootInstance", Yaml.REBOOT);
    world.cloud.instance("i-1", "Running");
    return world;
  }

  /** One that has ended, and one that waits for a person. */
  private static void prepare(World world) {
    world.run("large", "{\"text\":\"" + "x".repeat(20_000) + "\"}");
    StartExecution wish = world.wish("bulk", "{\"ids\":[\"i-1\"]}");
    world
        .engine()
        .start(new StartExecution(
            OPEN, "bulk", "", wish.parameters(), World.ANN, "", Map.of(), "cn-hangzhou", ""));
    world.engine().advance(OPEN, world.clock.instant().plus(Duration.ofMinutes(5)));
  }

  private static boolean isGone(World world) {
    String row = world.store.load(World.ID).map(Object::toString).orElse("");
    return row.isEmpty()
        && world.store.tasks(World.ID, TaskPath.ROOT).isEmpty()
        && world.store.logs(World.ID, 0, 10).isEmpty();
  }

  @Test
  void what_ended_long_ago_is_deleted_with_all_that_belongs_to_it_and_nothing_else() {
    World world = world(new Boundaries());
    prepare(world);
    world.sweep();
    world.clock.setAtLeast(world.clock.instant().plus(Duration.ofDays(29)));
    world.sweep();
    assertThat(world.view().status()).isEqualTo("Success");

    world.clock.setAtLeast(world.clock.instant().plus(Duration.ofDays(2)));
    world.sweep();

    assertThat(isGone(world)).isTrue();
    assertThat(world.engine().find(OPEN).orElseThrow().status()).isEqualTo("Waiting");
    assertThat(world.engine().find(OPEN).orElseThrow().approvals().get(0).isOpen())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{\"status\":5}"})
  void one_that_cannot_be_read_stays_and_is_told_and_the_older_ones_go(String damaged) {
    World world = world(new Boundaries());
    prepare(world);
    world.sweep();
    world.clock.setAtLeast(world.clock.instant().plus(Duration.ofMinutes(1)));
    ExecutionId later = new ExecutionId("exec-endedlater");
    ExecutionRow like = world.store.load(World.ID).orElseThrow();
    ExecutionRow row = new ExecutionRow(
        later,
        1,
        like.schema(),
        like.epoch(),
        like.status(),
        like.wakeAt(),
        world.clock.instant(),
        like.template(),
        like.startedBy(),
        damaged);
    world.store.commit(new Commit(row, 0, List.of(), List.of()));
    world.clock.setAtLeast(world.clock.instant().plus(Duration.ofDays(31)));
    List<ExecutionId> failed = new ArrayList<>();

    world
        .engine()
        .sweep(
            100, world.clock.instant().plus(Duration.ofMinutes(5)), (id, unread) -> failed.add(id));

    assertThat(isGone(world)).isTrue();
    assertThat(failed).containsExactly(later);
    assertThat(world.all()).extracting(ExecutionView::id).contains(later.value(), OPEN.value());
    assertThat(world.all())
        .filteredOn(view -> view.id().equals(later.value()))
        .singleElement()
        .satisfies(view -> assertThat(view.statusMessage()).contains("cannot be read"));
  }

  @Test
  void the_work_is_done_once_an_hour_whoever_sweeps() {
    World world = world(new Boundaries());
    prepare(world);
    world.clock.setAtLeast(world.clock.instant().plus(Duration.ofDays(29)));
    world.sweep();
    world.clock.setAtLeast(world.clock.instant().plus(Duration.ofDays(1)).plusSeconds(10));
    world.sweep();
    assertThat(isGone(world)).isTrue();

    int before = world.boundaries.count();
    world.sweep();
    world.sweep(world.engine("another"), Duration.ofMinutes(5));
    assertThat(world.boundaries.count()).isEqualTo(before);
  }

  @Test
  void what_is_kept_for_ever_is_never_deleted() {
    World world = world(new Boundaries()).settings(Settings.defaults());
    prepare(world);
    world.clock.setAtLeast(world.clock.instant().plus(Duration.ofDays(4000)));
    world.sweep();

    assertThat(world.view().status()).isEqualTo("Success");
  }

  @Test
  void a_crash_in_the_middle_is_gone_on_from_and_meanwhile_the_execution_is_gone_for_everybody() {
    World calm = world(new Boundaries());
    prepare(calm);
    int first = calm.boundaries.count();
    calm.clock.setAtLeast(calm.clock.instant().plus(Duration.ofDays(31)));
    calm.sweep();
    int last = calm.boundaries.count();
    assertThat(last - first).isGreaterThanOrEqualTo(12);

    boolean isRetired = false;
    for (int cut = first + 1; cut <= last; cut++) {
      World world = world(new Boundaries(cut));
      prepare(world);
      world.clock.setAtLeast(world.clock.instant().plus(Duration.ofDays(31)));
      String where = "";
      try {
        world.sweep();
      } catch (Crash crash) {
        where = "cut at " + cut + ", " + world.boundaries.name(cut);
        world.restart();
      }
      isRetired |= where.endsWith("after execution");
      if (where.contains("delete")) {
        assertThat(world.engine().find(World.ID)).as(where).isEmpty();
        assertThat(world.engine().cancel(World.ID, World.BO, ""))
            .as(where)
            .isEqualTo(Cancelled.UNKNOWN);
      }
      assertThat(world.all()).as(where).extracting(ExecutionView::id).contains(OPEN.value());
      world.clock.setAtLeast(world.clock.instant().plus(Duration.ofHours(2)));
      world.sweep();

      assertThat(isGone(world)).as(where).isTrue();
      String approval =
          world.engine().find(OPEN).orElseThrow().approvals().get(0).id();
      assertThat(world
              .engine()
              .vote(OPEN, approval, Decision.APPROVE, World.BO, "", "d")
              .state())
          .as(where)
          .isEqualTo(VoteResult.State.DECIDED);
    }
    assertThat(isRetired).isTrue();
  }
}
