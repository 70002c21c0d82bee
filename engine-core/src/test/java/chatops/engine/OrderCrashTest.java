package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.execution.Decision;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.Crash;
import chatops.engine.testkit.World;
import chatops.engine.view.ExecutionView;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Triggers, failure pauses, revivals, pauses and confirmations, with the process ending at every boundary: each step is repeated by
 * whoever comes next, and the outcome is that of the undisturbed run.
 */
class OrderCrashTest {
  private static final long SEED = 20261122;
  private static final ObjectNode CHANGED =
      JsonNodeFactory.instance.objectNode().put("InstanceId", "i-1");
  private static final String HEAD = "FormatVersion: OOS-2019-06-01\nTasks:\n";
  private static final String RUN =
      "  - {Name: run, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}, Outputs: {id: {Type: String, ValueSelector: InvokeId}}}\n";
  private static final String WORK = HEAD
      + RUN
      + "  - {Name: start, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: i-none}}}\n"
      + RUN.replace("Name: run", "Name: last")
      + "Outputs: {ids: {Type: List, Value: ['{{ run.id }}', '{{ last.id }}']}}\n";

  /** What is done to one execution, step by step; each step may be done again. */
  record Scenario(String name, String template, String mode, List<Consumer<World>> steps) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Scenario> scenarios() {
    Consumer<World> drive = World::drive;
    Consumer<World> retry = w -> w.engine().retry(World.ID, List.of(), CHANGED, World.BO, "d1");
    Consumer<World> vote = w -> {
      if (w.view().approvals().get(0).isOpen()) {
        w.vote(World.ANN, Decision.APPROVE);
      }
    };
    return Stream.of(
        new Scenario(
            "trigger",
            HEAD
                + "  - {Name: t, Action: ACS::TimerTrigger, Properties: {Type: rate, Expression: 10 minutes, EndDate: '2026-03-01T08:35:00Z'}}\n"
                + RUN,
            "",
            List.of(w -> w.live(Instant.parse("2026-03-01T09:30:00Z")))),
        new Scenario("failure pause", WORK, "FailurePause", List.of(drive, retry, drive)),
        new Scenario("revival", WORK, "", List.of(drive, retry, drive)),
        new Scenario(
            "pause",
            HEAD + RUN + "  - {Name: nap, Action: ACS::Sleep, Properties: {Duration: 1H}}\n"
                + RUN.replace("Name: run", "Name: last"),
            "",
            List.of(
                World::advance,
                w -> w.engine().pause(World.ID, World.BO, "", "d1"),
                drive,
                w -> w.engine().resume(World.ID, World.BO, "d2"),
                drive)),
        new Scenario(
            "confirmation",
            HEAD + RUN
                + "  - {Name: delete, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand, Risk: High}}\n",
            "",
            List.of(drive, vote, drive)));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void a_crash_anywhere_changes_nothing(Scenario scenario) {
    World calm = play(scenario, new Boundaries());
    assertThat(calm.view().status()).as(calm.view().statusMessage()).isEqualTo("Success");
    int boundaries = calm.boundaries.count();
    for (int cut = 1; cut <= boundaries; cut++) {
      check(scenario, calm, cut);
    }
    Random random = new Random(SEED);
    for (int round = 0; round < 30; round++) {
      int first = 1 + random.nextInt(boundaries);
      check(scenario, calm, first, first + 1 + random.nextInt(boundaries));
    }
  }

  private static void check(Scenario scenario, World calm, Integer... cuts) {
    World world = play(scenario, new Boundaries(cuts));
    String where = scenario + " cut at " + List.of(cuts) + " " + world.boundaries.name(cuts[0]);
    assertThat(world.all()).extracting(ExecutionView::status).as(where).containsOnly("Success");
    assertThat(world.all()).as(where).hasSameSizeAs(calm.all());
    assertThat(world.view().outputs()).as(where).isEqualTo(calm.view().outputs());
    assertThat(world.cloud.effects().stream().sorted())
        .as(where)
        .isEqualTo(calm.cloud.effects().stream().sorted().toList());
  }

  private static World play(Scenario scenario, Boundaries boundaries) {
    World world = new World(boundaries).template("t", scenario.template()).mode(scenario.mode());
    world.cloud.instance("i-1", "Stopped");
    repeat(world, w -> w.engine().start(w.wish("t", "{}")));
    scenario.steps().forEach(step -> repeat(world, step));
    return world;
  }

  private static void repeat(World world, Consumer<World> step) {
    for (int attempt = 0; attempt < 10; attempt++) {
      try {
        step.accept(world);
        return;
      } catch (Crash crash) {
        world.restart();
      }
    }
    throw new IllegalStateException("the step does not come to its end");
  }
}
