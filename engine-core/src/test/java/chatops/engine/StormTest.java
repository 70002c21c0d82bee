package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.id.ExecutionId;
import chatops.engine.pace.Limiters;
import chatops.engine.run.Settings;
import chatops.engine.testkit.World;
import chatops.engine.view.ExecutionView;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cloud that takes fewer calls than are wanted. */
class StormTest {
  private static final String EACH = """
      FormatVersion: OOS-2019-06-01
      Parameters: {ids: {Type: Json}}
      Tasks:
        - Name: each
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: %s, Risk: Normal, Parameters: {InstanceId: '{{ ACS::TaskLoopItem }}'}}
          Loop: {Items: '{{ ids }}', RateControl: {Mode: Concurrency, Concurrency: 100, MaxErrors: 0}}
      """;

  private static World world(Duration inProcess, int instances, String status) {
    World world = new World().settings(Settings.defaults().withInProcessWait(inProcess));
    for (String api : new String[] {"StartInstance", "RebootInstance", "DescribeDisks"}) {
      world.template(api, EACH.formatted(api));
    }
    IntStream.range(0, instances).forEach(i -> world.cloud.instance("i-" + i, status));
    return world;
  }

  private static String ids(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> "\"i-" + i + "\"")
        .collect(Collectors.joining(",", "{\"ids\":[", "]}"));
  }

  private static void print(String what, World world, int ideal) {
    System.out.printf(
        "storm: %s: %d calls, %d needed: %.3f for one; ended after %s%n",
        what,
        world.cloud.log().size(),
        ideal,
        world.cloud.log().size() / (double) ideal,
        Duration.between(
            world.view().createdAt(),
            world.all().stream()
                .map(ExecutionView::endedAt)
                .max(Instant::compareTo)
                .orElseThrow()));
  }

  @ParameterizedTest(name = "{2} {0}, busy: {1}")
  @CsvSource({
    "StartInstance,false,1000",
    "StartInstance,true,300",
    "RebootInstance,false,300",
    "DescribeDisks,true,300"
  })
  void a_loop_fails_no_item_and_repeats_few_calls(String api, boolean isBusy, int items) {
    World world =
        world(Duration.ofSeconds(20), items, api.equals("RebootInstance") ? "Running" : "Stopped");
    world.cloud.script("ECS.DescribeDisks", List.of(JsonNodeFactory.instance.objectNode()));
    world.cloud.limit(api, isBusy, Limiters.bucket(20, 10));

    ExecutionView view = world.run(api, ids(0, items));

    print(api + (isBusy ? " 503" : " throttled"), world, items);
    assertThat(view.status()).isEqualTo("Success");
    assertThat(world.cloud.log()).hasSizeLessThan(items * 12 / 10);
    if (!api.startsWith("Describe")) {
      assertThat(world.cloud.effects()).hasSize(items).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @CsvSource({"PT0S", "PT20S"})
  void many_executions_share_one_pace(Duration inProcess) {
    World world = world(inProcess, 500, "Stopped");
    world.cloud.limit("StartInstance", false, Limiters.window(100, 60));
    for (int i = 0; i < 50; i++) {
      world.engine().start(start(world, i, ids(i * 10, 10)));
    }

    world.live(world.clock.instant().plus(Duration.ofHours(1)));

    print("50 executions of 10 items, parking after " + inProcess, world, 500);
    assertThat(world.all()).extracting(ExecutionView::status).containsOnly("Success");
    assertThat(world.cloud.effects()).hasSize(500).doesNotHaveDuplicates();
    assertThat(world.cloud.log()).hasSizeLessThan(600);
  }

  private static StartExecution start(World world, int number, String parameters) {
    StartExecution wish = world.wish("StartInstance", parameters);
    ExecutionId id = number == 0 ? World.ID : new ExecutionId("exec-" + (10_000_000 + number));
    return new StartExecution(
        id,
        wish.template(),
        wish.templateVersion(),
        wish.parameters(),
        wish.startedBy(),
        wish.replyAddress(),
        wish.origin(),
        wish.regionId(),
        wish.mode());
  }
}
