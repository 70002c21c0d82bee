package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.execution.Approval.AtExpiry;
import chatops.engine.id.ExecutionId;
import chatops.engine.notice.Notice;
import chatops.engine.policy.Policy;
import chatops.engine.run.Settings;
import chatops.engine.share.Freeze;
import chatops.engine.store.ExecutionRow;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.Crash;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import chatops.engine.view.ExecutionView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Limits: as many run as allowed, the others wait in order, and no crash anywhere loses one or lets too many run. */
class QueueTest {
  private static final List<String> IDS =
      List.of("exec-aaaaaaaa", "exec-bbbbbbbb", "exec-cccccccc");

  private static World world(Boundaries boundaries, int running, int queued) {
    Policy policy =
        new Policy(null, AtExpiry.REJECT, null, new Policy.Limit("starts", running, queued), null);
    World world = new World(boundaries)
        .settings(
            Settings.defaults().withInProcessWait(Duration.ZERO).withPolicies(template -> policy))
        .template("start", Yaml.START);
    for (int i = 0; i < IDS.size(); i++) {
      world.cloud.instance("i-" + i, "Stopped");
    }
    return world;
  }

  private static StartExecution wish(World world, int number) {
    StartExecution wish = world.wish("start", "{\"instanceId\":\"i-" + number + "\"}");
    return new StartExecution(
        new ExecutionId(IDS.get(number)),
        wish.template(),
        "",
        wish.parameters(),
        wish.startedBy(),
        "sealed",
        wish.origin(),
        "cn-hangzhou",
        "");
  }

  private static ExecutionView view(World world, int number) {
    return world.engine().find(new ExecutionId(IDS.get(number))).orElseThrow();
  }

  private static Instant soon(World world) {
    return world.clock.instant().plus(Duration.ofMinutes(5));
  }

  @Test
  void further_starts_wait_in_order_are_told_their_place_and_start_when_one_ends() {
    World world = world(new Boundaries(), 1, 2);
    for (int i = 0; i < 3; i++) {
      world.engine().start(wish(world, i));
      world.engine().advance(new ExecutionId(IDS.get(i)), soon(world));
    }

    assertThat(view(world, 1).status()).isEqualTo("Queued");
    assertThat(view(world, 1).statusMessage()).contains("place 1 of 1");
    assertThat(view(world, 2).statusMessage()).contains("place 2 of 2");
    assertThat(world.notices(Notice.Queued.class))
        .extracting(Notice.Queued::place)
        .containsExactly(1, 2);

    world.live(world.clock.instant().plus(Duration.ofHours(1)));

    assertThat(world.cloud.effects())
        .containsExactly("StartInstance i-0", "StartInstance i-1", "StartInstance i-2");
    assertThat(world.all()).extracting(ExecutionView::status).containsOnly("Success");
    assertThat(world.store.shared().find("limit:starts")).isEmpty();
  }

  @Test
  void a_start_beyond_the_queue_is_refused_and_leaves_nothing_behind() {
    World world = world(new Boundaries(), 1, 1);
    world.engine().start(wish(world, 0));
    world.engine().start(wish(world, 1));

    assertThatThrownBy(() -> world.engine().start(wish(world, 2)))
        .isInstanceOf(QueueFullException.class)
        .hasMessageContaining("1 run and 1 wait already");
    assertThat(world.engine().find(new ExecutionId(IDS.get(2)))).isEmpty();

    world.live(world.clock.instant().plus(Duration.ofHours(1)));
    assertThat(world.engine().start(wish(world, 2))).isEqualTo(Started.CREATED);
  }

  @Test
  void a_repeated_delivery_takes_no_second_place() {
    World world = world(new Boundaries(), 1, 1);
    world.engine().start(wish(world, 0));
    world.engine().start(wish(world, 1));

    assertThat(world.engine().start(wish(world, 0))).isEqualTo(Started.ALREADY_THERE);
    assertThat(world.engine().start(wish(world, 1))).isEqualTo(Started.ALREADY_THERE);
    assertThat(world.store.shared().find("limit:starts").orElseThrow().value())
        .containsOnlyOnce("exec-aaaaaaaa")
        .containsOnlyOnce("exec-bbbbbbbb");
  }

  @Test
  void one_that_is_cancelled_while_it_waits_does_nothing_and_holds_up_nobody() {
    World world = world(new Boundaries(), 1, 2);
    for (int i = 0; i < 3; i++) {
      world.engine().start(wish(world, i));
    }
    world.engine().cancel(new ExecutionId(IDS.get(1)), World.BO, "changed my mind");

    world.live(world.clock.instant().plus(Duration.ofHours(1)));

    assertThat(view(world, 1).status()).isEqualTo("Cancelled");
    assertThat(view(world, 1).statusMessage()).contains("changed my mind");
    assertThat(world.cloud.effects()).containsExactly("StartInstance i-0", "StartInstance i-2");
  }

  @Test
  void what_waits_goes_on_waiting_while_starts_are_frozen() {
    World world = world(new Boundaries(), 1, 2);
    world.engine().start(wish(world, 0));
    world.engine().start(wish(world, 1));
    world.engine().freeze(new Freeze("*", "bo", world.clock.instant(), "release"));

    world.live(world.clock.instant().plus(Duration.ofHours(1)));
    assertThat(view(world, 0).status()).isEqualTo("Success");
    assertThat(view(world, 1).status()).isEqualTo("Queued");
    assertThat(view(world, 1).statusMessage()).contains("frozen by bo");

    world.engine().unfreeze("*", World.BO);
    world.live(world.clock.instant().plus(Duration.ofHours(1)));
    assertThat(view(world, 1).status()).isEqualTo("Success");
  }

  @Test
  void a_place_that_was_taken_for_an_execution_that_never_came_is_void_after_a_while() {
    World world = world(new Boundaries(), 1, 1);
    new chatops.engine.share.Queues(world.store)
        .enter(
            new Policy.Limit("starts", 1, 1),
            new ExecutionId("exec-neverthere"),
            world.clock.instant());
    world.engine().start(wish(world, 0));

    world.live(world.clock.instant().plus(Duration.ofHours(1)));

    assertThat(view(world, 0).status()).isEqualTo("Success");
  }

  @Test
  void a_crash_anywhere_loses_none_and_never_lets_two_run() {
    World calm = world(new Boundaries(), 1, 2);
    play(calm);
    int boundaries = calm.boundaries.count();
    assertThat(boundaries).isGreaterThan(60);

    for (int cut = 1; cut <= boundaries; cut++) {
      World world = world(new Boundaries(cut), 1, 2);

      play(world);

      String where = "cut at " + cut + ", " + world.boundaries.name(cut);
      assertThat(world.all()).as(where).extracting(ExecutionView::status).containsOnly("Success");
      assertThat(world.all()).as(where).hasSize(3);
      assertThat(new TreeSet<>(world.cloud.effects())).as(where).hasSize(3);
      assertThat(world.cloud.effects()).as(where).hasSize(3);
    }
  }

  /** Starts all three as often as their deliveries are repeated, and lives until they have ended. */
  private static void play(World world) {
    List<Integer> toStart = new ArrayList<>(List.of(0, 1, 2));
    Instant end = world.clock.instant().plus(Duration.ofHours(3));
    for (int i = 0; i < 1000; i++) {
      try {
        while (!toStart.isEmpty()) {
          world.engine().start(wish(world, toStart.get(0)));
          toStart.remove(0);
        }
        while (world.clock.instant().isBefore(end)) {
          world.live(world.clock.instant().plus(Duration.ofSeconds(30)));
          assertThat(running(world)).hasSizeLessThanOrEqualTo(1);
        }
        return;
      } catch (Crash crash) {
        world.restart();
      }
    }
    throw new IllegalStateException("no end");
  }

  private static Set<String> running(World world) {
    Set<String> running = new TreeSet<>();
    for (String id : IDS) {
      ExecutionRow row = world.store.load(new ExecutionId(id)).orElse(null);
      if (row != null && List.of("Running", "Waiting").contains(row.status())) {
        running.add(id);
      }
    }
    return running;
  }
}
