package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.audit.Chain;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Question;
import chatops.engine.run.Settings;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.Crash;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import chatops.engine.view.ExecutionView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every scenario once more for every place where the process may end: before and after each row write, each call, each
 * message, each wake-up. The result is the same, and no reboot happens twice.
 */
class CrashTest {
  private static final long SEED = 20261120;
  private static final int ROUNDS = 40;
  private static final int LONG_ROUNDS = 1_000;

  private static final String ONCE = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - Name: delete
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: DeleteThing}
          Outputs: {done: {Type: String, ValueSelector: Done}}
        - Name: command
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: RunCommand}
          Outputs: {id: {Type: String, ValueSelector: InvokeId}}
        - Name: nap
          Action: ACS::Sleep
          Properties: {Duration: 1H}
        - Name: again
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: RunCommand}
          Outputs: {id: {Type: String, ValueSelector: InvokeId}}
      Outputs:
        ids: {Type: List, Value: ['{{ command.id }}', '{{ again.id }}']}
      """;

  /** One scenario: a template, its parameters, whether the process also waits inside, and how many of its calls are throttled. */
  record Scenario(String template, String parameters, Duration inProcess, int throttled) {
    Scenario(String template, String parameters, Duration inProcess) {
      this(template, parameters, inProcess, 0);
    }
  }

  static Stream<Scenario> scenarios() {
    return Stream.of(Duration.ZERO, Duration.ofSeconds(20))
        .flatMap(wait -> Stream.of(
            new Scenario("start", "{\"instanceId\":\"i-1\"}", wait),
            new Scenario("bulk", "{\"ids\":[\"i-2\",\"i-3\",\"i-4\"]}", wait),
            new Scenario("start", "{\"instanceId\":\"i-1\"}", wait, 2),
            new Scenario("once", "{}", wait, 2),
            new Scenario("once", "{}", wait)));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void a_crash_anywhere_changes_nothing(Scenario scenario) {
    World calm = world(scenario, new Boundaries());
    ExecutionView wanted = play(calm, scenario);
    assertThat(wanted.status()).isEqualTo("Success");
    int boundaries = calm.boundaries.count();

    for (int cut = 1; cut <= boundaries; cut++) {
      check(scenario, calm, wanted, cut);
    }
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void two_crashes_change_nothing_either(Scenario scenario) {
    crashTwice(scenario, SEED, ROUNDS);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  @Tag("long")
  void many_pairs_of_crashes_change_nothing_either(Scenario scenario) {
    crashTwice(scenario, SEED + 1, LONG_ROUNDS);
    System.out.println("long-job: CrashTest template=" + scenario.template() + " inProcess="
        + scenario.inProcess() + " seed=" + (SEED + 1) + " count=" + LONG_ROUNDS);
  }

  private static void crashTwice(Scenario scenario, long seed, int rounds) {
    World calm = world(scenario, new Boundaries());
    ExecutionView wanted = play(calm, scenario);
    int boundaries = calm.boundaries.count();
    Random random = new Random(seed);

    for (int round = 0; round < rounds; round++) {
      int first = 1 + random.nextInt(boundaries);
      check(scenario, calm, wanted, first, first + 1 + random.nextInt(boundaries));
    }
  }

  private static void check(Scenario scenario, World calm, ExecutionView wanted, Integer... cuts) {
    World world = world(scenario, new Boundaries(cuts));
    ExecutionView found = play(world, scenario);

    String where = scenario + " cut at "
        + Stream.of(cuts)
            .map(c -> c + " " + (c <= world.boundaries.count() ? world.boundaries.name(c) : "-"))
            .toList();
    assertThat(found.status()).as(where).isEqualTo("Success");
    assertThat(found.statusMessage()).as(where).isEqualTo(wanted.statusMessage());
    if (found.questions().isEmpty()) {
      assertThat(found.outputs()).as(where).isEqualTo(wanted.outputs());
    }
    assertThat(effects(world)).as(where).isEqualTo(effects(calm));
    assertAnswered(world, where);
  }

  /** The trail is whole, and no effect lacks its call. */
  private static void assertAnswered(World world, String where) {
    Chain trail = world.engine().audit(World.ID);
    assertThat(trail.broken()).as(where).isNull();
    List<String> calls = trail.links().stream()
        .map(Chain.Link::fields)
        .filter(fields -> fields.path("kind").asText().equals("call"))
        .map(fields -> fields.path("call").asText())
        .toList();
    effects(world).forEach((effect, times) -> {
      String api = effect.substring(0, (effect + " ").indexOf(' '));
      assertThat(calls).as(where + ": " + effect).contains("ECS." + api);
    });
  }

  private static Map<String, Long> effects(World world) {
    return world.cloud.effects().stream()
        .collect(Collectors.groupingBy(e -> e, TreeMap::new, Collectors.counting()));
  }

  private static World world(Scenario scenario, Boundaries boundaries) {
    World world = new World(boundaries)
        .settings(Settings.defaults().withInProcessWait(scenario.inProcess()))
        .template("start", Yaml.START)
        .template("bulk", Yaml.BULK_REBOOT)
        .template("once", ONCE)
        .template("ACS::ECS::RebootInstance", Yaml.REBOOT);
    for (String api : List.of("StartInstance", "RunCommand", "DeleteThing")) {
      world.cloud.throttle(api, scenario.throttled());
    }
    world.cloud.instance("i-1", "Stopped");
    world.cloud.instance("i-2", "Running").instance("i-3", "Running").instance("i-4", "Running");
    return world;
  }

  /** Plays a scenario to its end; whenever the process ends, another takes over when the row is due. */
  private static ExecutionView play(World world, Scenario scenario) {
    for (int i = 0; i < 10_000; i++) {
      try {
        if (world.engine().find(World.ID).isEmpty()) {
          world.engine().start(world.wish(scenario.template(), scenario.parameters()));
        }
        ExecutionView view = world.drive();
        if (view.endedAt() != null) {
          return view;
        }
        decide(world, view);
      } catch (Crash crash) {
        world.restart();
      }
    }
    throw new IllegalStateException("no end: " + world.view());
  }

  private static void decide(World world, ExecutionView view) {
    if (view.approvals().stream().anyMatch(Approval::isOpen)) {
      world.vote(World.BO, Decision.APPROVE);
      return;
    }
    for (Question question : view.questions()) {
      if (question.answer() == null) {
        Instant from = question.retryAfter();
        world.clock.setAtLeast(from);
        String effect = question.call().replace("ECS.", "");
        String item = world.engine().tasks(World.ID).stream()
            .filter(t -> question.path().value().startsWith(t.path()) && t.loopItem() != null)
            .map(t -> " " + t.loopItem().asText())
            .findFirst()
            .orElse("");
        boolean happened = world.cloud.count(effect + item) > 0;
        world
            .engine()
            .decideOutcome(
                World.ID,
                question.id(),
                happened ? Question.Answer.SKIP : Question.Answer.RETRY,
                World.BO);
      }
    }
  }
}
