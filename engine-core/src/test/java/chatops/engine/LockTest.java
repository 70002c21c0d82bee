package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.execution.Approval.AtExpiry;
import chatops.engine.execution.Decision;
import chatops.engine.id.ExecutionId;
import chatops.engine.notice.Notice;
import chatops.engine.policy.Policy;
import chatops.engine.run.Settings;
import chatops.engine.share.Locks;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.Crash;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import chatops.engine.view.ExecutionView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Two executions never change one resource at once, never wait for each other, and no crash leaves a lock behind. */
class LockTest {
  /** Select, then stop and start each: changes of another kind than a reboot, so that the log shows whose they are. */
  private static final String CYCLE = """
      FormatVersion: OOS-2019-06-01
      Parameters: {ids: {Type: List}}
      Tasks:
        - Name: select
          Action: ACS::SelectTargets
          Properties:
            ResourceType: ALIYUN::ECS::Instance
            Filters: [{Type: ResourceIds, ResourceIds: '{{ ids }}'}]
          Outputs:
            ids: {Type: List, ValueSelector: 'Instances.Instance[].InstanceId'}
        - Name: stop
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: StopInstance, Parameters: {InstanceId: '{{ ACS::TaskLoopItem }}'}}
          Loop: {Items: '{{ select.ids }}'}
        - Name: stopped
          Action: ACS::WaitFor
          Properties:
            Service: ECS
            API: DescribeInstances
            Parameters: {InstanceIds: '{{ ids }}'}
            PropertySelector: Instances.Instance[].Status
            DesiredValues: [Stopped]
        - Name: start
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: '{{ ACS::TaskLoopItem }}'}}
          Loop: {Items: '{{ select.ids }}'}
        - Name: started
          Action: ACS::WaitFor
          Properties:
            Service: ECS
            API: DescribeInstances
            Parameters: {InstanceIds: '{{ ids }}'}
            PropertySelector: Instances.Instance[].Status
            DesiredValues: [Running]
      """;

  private static final ExecutionId ONE = new ExecutionId("exec-firstone");
  private static final ExecutionId TWO = new ExecutionId("exec-secondone");

  private static World world(Boundaries boundaries, boolean refuses) {
    Policy policy = new Policy(
        null, AtExpiry.REJECT, null, null, new Policy.Lock(true, List.of("instanceId"), refuses));
    World world = new World(boundaries)
        .settings(
            Settings.defaults().withInProcessWait(Duration.ZERO).withPolicies(template -> policy))
        .template("cycle", CYCLE)
        .template("start", Yaml.START)
        .template("bulk", Yaml.BULK_REBOOT)
        .template("ACS::ECS::RebootInstance", Yaml.REBOOT);
    world.cloud.instance("i-1", "Running").instance("i-2", "Running").instance("i-3", "Running");
    return world;
  }

  private static StartExecution wish(
      World world, ExecutionId id, String template, String parameters) {
    StartExecution wish = world.wish(template, parameters);
    return new StartExecution(
        id,
        template,
        "",
        wish.parameters(),
        wish.startedBy(),
        "sealed",
        wish.origin(),
        "cn-hangzhou",
        "");
  }

  private static ExecutionView view(World world, ExecutionId id) {
    return world.engine().find(id).orElseThrow();
  }

  private static void start(World world, ExecutionId id, String template, String parameters) {
    world.engine().start(wish(world, id, template, parameters));
    world.engine().advance(id, world.clock.instant().plus(Duration.ofMinutes(5)));
  }

  @Test
  void the_second_waits_is_told_who_holds_what_and_goes_on_when_the_first_has_ended() {
    World world = world(new Boundaries(), false);
    start(world, ONE, "cycle", "{\"ids\":[\"i-2\",\"i-1\"]}");
    start(world, TWO, "cycle", "{\"ids\":[\"i-3\",\"i-2\"]}");

    assertThat(view(world, TWO).waitingStatus()).isEqualTo("WaitingForLock");
    assertThat(view(world, TWO).statusMessage()).contains("i-2 is held by exec-firstone");
    assertThat(world.notices(Notice.Held.class))
        .extracting(Notice.Held::resource, Notice.Held::owner)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("i-2", ONE));
    assertThat(world.cloud.count("StopInstance i-3")).isZero();

    world.live(world.clock.instant().plus(Duration.ofHours(2)));

    assertThat(world.all()).extracting(ExecutionView::status).containsOnly("Success");
    assertThat(world.cloud.effects())
        .containsExactly(
            "StopInstance i-2",
            "StopInstance i-1",
            "StartInstance i-2",
            "StartInstance i-1",
            "StopInstance i-3",
            "StopInstance i-2",
            "StartInstance i-3",
            "StartInstance i-2");
    assertThat(world.notices(Notice.Held.class)).hasSize(1);
    assertThat(world.store.shared().under("lock:", 10)).isEmpty();
  }

  @Test
  void where_the_configuration_says_so_the_second_fails_at_once() {
    World world = world(new Boundaries(), true);
    start(world, ONE, "cycle", "{\"ids\":[\"i-1\"]}");
    start(world, TWO, "cycle", "{\"ids\":[\"i-1\"]}");

    assertThat(view(world, TWO).status()).isEqualTo("Failed");
    assertThat(view(world, TWO).statusMessage()).contains("i-1 is held by exec-firstone");
  }

  @Test
  void an_approval_is_waited_for_without_holding_anything() {
    World world = world(new Boundaries(), false);
    start(world, ONE, "bulk", "{\"ids\":[\"i-1\"]}");
    assertThat(view(world, ONE).status()).isEqualTo("Waiting");

    start(world, TWO, "cycle", "{\"ids\":[\"i-1\"]}");
    assertThat(view(world, TWO).waitingStatus()).isNotEqualTo("WaitingForLock");
    String approval = view(world, ONE).approvals().get(0).id();
    world.engine().vote(ONE, approval, Decision.APPROVE, World.BO, "", "d1");
    world.live(world.clock.instant().plus(Duration.ofHours(2)));

    assertThat(world.all()).extracting(ExecutionView::status).containsOnly("Success");
    assertThat(world.cloud.effects())
        .containsExactly("StopInstance i-1", "StartInstance i-1", "RebootInstance i-1");
  }

  @Test
  void a_resource_named_by_a_parameter_is_locked_too() {
    World world = world(new Boundaries(), false);
    start(world, ONE, "cycle", "{\"ids\":[\"i-1\"]}");
    start(world, TWO, "start", "{\"instanceId\":\"i-1\"}");

    assertThat(view(world, TWO).statusMessage()).contains("i-1 is held by exec-firstone");
    world.engine().cancel(TWO, World.BO, "");
    world.live(world.clock.instant().plus(Duration.ofHours(2)));
    assertThat(view(world, TWO).status()).isEqualTo("Cancelled");
    assertThat(view(world, ONE).status()).isEqualTo("Success");
  }

  @Test
  void who_already_holds_what_sorts_later_does_not_wait() {
    World world = world(new Boundaries(), false);
    start(world, ONE, "cycle", "{\"ids\":[\"i-1\"]}");
    start(world, TWO, "cycle", "{\"ids\":[\"i-3\"]}");
    Locks locks = new Locks(world.store);

    Optional<Locks.Held> later =
        locks.take(TWO, 0, new TreeSet<>(List.of("i-1", "i-3")), world.clock.instant());
    Optional<Locks.Held> sooner =
        locks.take(ONE, 0, new TreeSet<>(List.of("i-1", "i-3")), world.clock.instant());

    assertThat(later.orElseThrow().mayWait()).isFalse();
    assertThat(sooner.orElseThrow().mayWait()).isTrue();
  }

  @Test
  void a_crash_anywhere_mixes_no_changes_and_leaves_no_lock_that_holds_anybody_up() {
    World calm = world(new Boundaries(), false);
    play(calm);
    int boundaries = calm.boundaries.count();
    assertThat(boundaries).isGreaterThan(80);

    for (int cut = 1; cut <= boundaries; cut++) {
      World world = world(new Boundaries(cut), false);

      play(world);

      String where = "cut at " + cut + ", " + world.boundaries.name(cut);
      assertThat(world.all()).as(where).extracting(ExecutionView::status).containsOnly("Success");
      List<String> twice = world.cloud.effects().stream()
          .filter(effect -> effect.endsWith(" i-2"))
          .map(effect -> effect.replace(" i-2", ""))
          .toList();
      assertThat(twice)
          .as(where)
          .containsExactly("StopInstance", "StartInstance", "StopInstance", "StartInstance");
    }
  }

  /** Two that share i-2, in opposite orders. */
  private static void play(World world) {
    List<Runnable> starts = new ArrayList<>(List.of(
        () -> world.engine().start(wish(world, ONE, "cycle", "{\"ids\":[\"i-1\",\"i-2\"]}")),
        () -> world.engine().start(wish(world, TWO, "cycle", "{\"ids\":[\"i-2\",\"i-3\"]}"))));
    Instant end = world.clock.instant().plus(Duration.ofHours(3));
    for (int i = 0; i < 1000; i++) {
      try {
        while (!starts.isEmpty()) {
          starts.get(0).run();
          starts.remove(0);
        }
        world.live(end);
        return;
      } catch (Crash crash) {
        world.restart();
      }
    }
    throw new IllegalStateException("no end");
  }
}
