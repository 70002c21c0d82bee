package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.execution.Decision;
import chatops.engine.run.Advanced;
import chatops.engine.store.StoreException;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RaceTest {
  @Test
  void a_worker_that_slept_through_its_lease_writes_nothing_any_more() {
    World world = new World().template("start", Yaml.START);
    world.cloud.instance("i-1", "Stopped");
    Engine second = world.engine("second");
    List<Advanced> other = new ArrayList<>();
    world.cloud.during("StartInstance", () -> {
      world.clock.advance(Duration.ofMinutes(3));
      other.add(second.advance(World.ID, world.clock.instant().plus(Duration.ofMinutes(5))));
    });

    world.engine().start(world.wish("start", "{\"instanceId\":\"i-1\"}"));
    Advanced first = world.advance();

    assertThat(other.get(0).state()).isEqualTo(Advanced.State.ENDED);
    assertThat(first.state()).isEqualTo(Advanced.State.BUSY);
    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).containsExactly("StartInstance i-1");
  }

  @Test
  void a_reboot_whose_sender_lost_its_lease_is_not_sent_again() {
    World world = new World().template("reboot", Yaml.REBOOT);
    world.cloud.instance("i-1", "Running");
    Engine second = world.engine("second");
    world.cloud.during("RebootInstance", () -> {
      world.clock.advance(Duration.ofMinutes(3));
      second.advance(World.ID, world.clock.instant().plus(Duration.ofMinutes(5)));
    });

    var view = world.run("reboot", "{\"instanceId\":\"i-1\"}");

    assertThat(view.waitingStatus()).isEqualTo("WaitingForOutcomeDecision");
    assertThat(world.cloud.effects()).containsExactly("RebootInstance i-1");
  }

  @Test
  void two_workers_that_wake_at_once_do_not_write_each_others_task_rows() {
    List<World> there = new ArrayList<>();
    AtomicBoolean isSecondThere = new AtomicBoolean();
    World world = new World(new Boundaries(), (row, applied) -> {
      if (row.equals("task t0002") && !applied && isSecondThere.get()) {
        isSecondThere.set(false);
        World w = there.get(0);
        w.engine("second").advance(World.ID, w.clock.instant());
      }
    });
    there.add(world);
    world.template("nap", """
                FormatVersion: OOS-2019-06-01
                Tasks:
                  - {Name: nap, Action: ACS::Sleep, Properties: {Duration: 1H}}
                  - {Name: act, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}
                """);
    world.engine().start(world.wish("nap", "{}"));
    world.advance();
    world.clock.advance(Duration.ofHours(1));

    isSecondThere.set(true);
    world.advance();

    assertThat(isSecondThere).isFalse();
    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).containsExactly("RunCommand");
  }

  @Test
  void a_vote_that_lands_while_the_worker_parks_is_not_slept_over() {
    List<World> there = new ArrayList<>();
    AtomicBoolean voted = new AtomicBoolean();
    World world = new World(new Boundaries(), (row, applied) -> {
      World w = there.isEmpty() ? new World() : there.get(0);
      boolean isPark = !there.isEmpty() && row.equals("execution") && !applied;
      if (isPark
          && w.engine().find(World.ID).isPresent()
          && !w.view().approvals().isEmpty()
          && voted.compareAndSet(false, true)) {
        w.vote(World.BO, Decision.APPROVE);
      }
    });
    there.add(world);
    world.template("bulk", Yaml.BULK_REBOOT).template("ACS::ECS::RebootInstance", Yaml.REBOOT);
    world.cloud.instance("i-1", "Running");
    world.run("bulk", "{\"ids\":[\"i-1\"]}");

    world.engine().cancel(World.ID, World.ANN, "too late?");
    var view = world.drive();

    assertThat(voted).isTrue();
    assertThat(view.approvals().get(0).outcome().name()).isEqualTo("APPROVED");
    assertThat(view.status()).isEqualTo("Cancelled");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void a_store_that_loses_answers_changes_nothing(long seed) {
    Random random = new Random(seed);
    World world = new World(new Boundaries(), (row, applied) -> {
      if (random.nextInt(12) == 0) {
        throw new StoreException("lost", new IllegalStateException("seed " + seed));
      }
    });
    world.template("bulk", Yaml.BULK_REBOOT).template("ACS::ECS::RebootInstance", Yaml.REBOOT);
    world.cloud.instance("i-1", "Running").instance("i-2", "Running").instance("i-3", "Running");

    world.run("bulk", "{\"ids\":[\"i-1\",\"i-2\",\"i-3\"]}");
    assertThat(world.vote(World.BO, Decision.APPROVE).state()).isEqualTo(VoteResult.State.DECIDED);
    var view = world.drive();

    assertThat(view.status()).isEqualTo("Success");
    assertThat(world.cloud.effects())
        .containsExactlyInAnyOrder(
            "RebootInstance i-1", "RebootInstance i-2", "RebootInstance i-3");
    assertThat(view.questions()).isEmpty();
  }

  /** As on a disk that is full: what was written can be read, and nothing is taken. */
  @ParameterizedTest
  @ValueSource(strings = {"DescribeInstances", "StartInstance", "RunCommand"})
  void a_store_that_takes_nothing_for_a_while_stops_an_execution_and_does_not_fail_it(
      String during) {
    AtomicBoolean isFull = new AtomicBoolean();
    World world = new World(new Boundaries(), (row, applied) -> {
      if (isFull.get() && !applied) {
        throw new StoreException("full", new IllegalStateException("no room"));
      }
    });
    world.template("three", """
                FormatVersion: OOS-2019-06-01
                Tasks:
                  - {Name: look, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: DescribeInstances}}
                  - {Name: start, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: i-1}}}
                  - {Name: act, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}
                """);
    world.cloud.instance("i-1", "Stopped");
    world.cloud.during(during, () -> isFull.set(true));

    assertThatThrownBy(() -> world.run("three", "{}")).isInstanceOf(StoreException.class);
    assertThat(world.view().status()).isIn("Started", "Running");
    isFull.set(false);
    world.cloud.during(during, () -> {});
    world.clock.advance(Duration.ofMinutes(2));

    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).containsExactly("StartInstance i-1", "RunCommand");
  }

  @Test
  void a_cancel_is_heard_while_a_worker_waits_in_process() {
    World world = new World().settings(chatops.engine.run.Settings.defaults()).template("nap", """
                FormatVersion: OOS-2019-06-01
                Tasks:
                  - {Name: look, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: DescribeInstances}}
                  - {Name: nap, Action: ACS::Sleep, Properties: {Duration: 15S}}
                  - {Name: act, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}
                """);
    world.cloud.during(
        "DescribeInstances", () -> world.engine().cancel(World.ID, World.BO, "stop"));

    var view = world.run("nap", "{}");

    assertThat(view.status()).isEqualTo("Cancelled");
    assertThat(world.cloud.effects()).isEmpty();
  }
}
