package chatops.execution.tablestore;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.cloud.Fault;
import chatops.cloudsim.tablestore.Tablestore;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Question;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import chatops.engine.view.ExecutionView;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The engine on Tablestore: an approved bulk reboot, while answers are lost and processes end not knowing what they wrote. */
class EngineOnTablestoreTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final int ROUNDS = 40;

  /** The process ends between a write and its answer. */
  private static final class ProcessEnd extends Error {
    private static final long serialVersionUID = 1L;

    ProcessEnd() {
      super("the process ends", null, false, false);
    }
  }

  private static World world(SimulatedInstance instance, Attempts attempts) {
    World world = new World(
            new Boundaries(),
            clock -> new TablestoreExecutionStore(instance.client(), clock, attempts))
        .template("bulk", Yaml.BULK_REBOOT)
        .template("ACS::ECS::RebootInstance", Yaml.REBOOT);
    world.cloud.instance("i-1", "Running").instance("i-2", "Running").instance("i-3", "Running");
    return world;
  }

  private static ExecutionView play(World world) {
    for (int i = 0; i < 1_000; i++) {
      try {
        if (world.engine().find(World.ID).isEmpty()) {
          world.engine().start(world.wish("bulk", "{\"ids\":[\"i-1\",\"i-2\",\"i-3\"]}"));
        }
        ExecutionView view = world.drive();
        if (view.endedAt() != null) return view;
        decide(world, view);
      } catch (ProcessEnd end) {
        world.restart();
      }
    }
    throw new IllegalStateException("no end: " + world.view());
  }

  /** Approves; where the outcome of a reboot is unknown, looks and says what is true. */
  private static void decide(World world, ExecutionView view) {
    if (view.waitingStatus().equals("WaitingForApproval")) {
      world.vote(World.BO, Decision.APPROVE);
      return;
    }
    for (Question question : view.questions()) {
      if (question.answer() != null) continue;
      world.clock.setAtLeast(question.retryAfter());
      String target = world.engine().tasks(World.ID).stream()
          .filter(
              task -> question.path().value().startsWith(task.path()) && task.loopItem() != null)
          .map(task -> task.loopItem().asText())
          .findFirst()
          .orElseThrow();
      boolean happened = world.cloud.count("RebootInstance " + target) > 0;
      world
          .engine()
          .decideOutcome(
              World.ID,
              question.id(),
              happened ? Question.Answer.SKIP : Question.Answer.RETRY,
              World.BO);
    }
  }

  private static Map<String, Long> effects(World world) {
    return world.cloud.effects().stream()
        .collect(Collectors.groupingBy(effect -> effect, TreeMap::new, Collectors.counting()));
  }

  @Test
  void each_instance_is_rebooted_once_whatever_is_lost() {
    Map<String, Long> once =
        Map.of("RebootInstance i-1", 1L, "RebootInstance i-2", 1L, "RebootInstance i-3", 1L);
    int ends = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (SimulatedInstance instance = SimulatedInstance.withTables(NOW, round)) {
        Random random = new Random(round);
        int[] ended = {0};
        Attempts attempts = new Attempts(
            Duration.ofSeconds(10),
            pause -> {
              if (ended[0] < 5 && random.nextInt(3) == 0) {
                ended[0]++;
                throw new ProcessEnd();
              }
            },
            new Random(round));
        instance.sim.faults().share(0.2, Tablestore.SERVICE, "UpdateRow", new Fault.LostReply());
        instance
            .sim
            .faults()
            .share(
                0.1, Tablestore.SERVICE, "UpdateRow", new Fault.Refuse(503, "OTSTimeout", "late"));
        instance
            .sim
            .faults()
            .share(0.1, Tablestore.SERVICE, "BatchWriteRow.row", new Fault.LostReply());
        World world = world(instance, attempts);

        ExecutionView view = play(world);

        assertThat(view.status())
            .as("round %s: %s", round, view.statusMessage())
            .isEqualTo("Success");
        assertThat(effects(world)).as("round %s", round).isEqualTo(once);
        ends += ended[0];
        world.store.close();
      }
    }
    assertThat(ends).as("processes that ended in the middle of a write").isGreaterThan(ROUNDS);
  }
}
