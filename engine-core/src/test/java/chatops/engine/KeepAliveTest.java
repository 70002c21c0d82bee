package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.cloud.ApiRequest;
import chatops.engine.execution.Decision;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.Crash;
import chatops.engine.testkit.World;
import chatops.engine.view.ExecutionView;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Auto Scaling's heartbeat is what the property was made for: 20 extensions, six hours. */
class KeepAliveTest {
  private static final String BEAT = "RecordLifecycleActionHeartbeat";
  private static final String COMPLETE = "CompleteLifecycleAction";

  private static final String HOLD = """
      FormatVersion: OOS-2019-06-01
      Parameters:
        window: {Type: Number, Default: 300}
        most: {Type: Number, Default: 20}
      Tasks:
        - Name: hold
          Action: ACS::Template
          OnSuccess: goOn
          OnError: abandon
          OnCancel: abandon
          Properties:
            TemplateName: work
            KeepAlive:
              Service: ESS
              API: RecordLifecycleActionHeartbeat
              Parameters: {lifecycleHookId: ash-1, lifecycleActionToken: T}
              WindowParameter: heartbeatTimeout
              Window: '{{ window }}'
              Longest: 21600
              Most: '{{ most }}'
              GoneCodes: [LifecycleHookIdAndLifecycleActionToken.Invalid]
        - Name: goOn
          Action: ACS::ExecuteAPI
          OnSuccess: ACS::END
          Properties: {Service: ESS, API: CompleteLifecycleAction, Parameters: {Result: CONTINUE}}
        - Name: abandon
          Action: ACS::ExecuteAPI
          Properties: {Service: ESS, API: CompleteLifecycleAction, Parameters: {Result: ABANDON}}
      """;

  private static final String ASK = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - Name: approve
          Action: ACS::Approve
          Properties:
            NotifyType: WebHook
            WebHook: {URI: 'https://hooks.example/x', Content: {msgtype: text, text: {content: 'Go?'}}}
      """;

  private static World world(String work) {
    World world = new World();
    prepare(world, work);
    return world;
  }

  private static void prepare(World world, String work) {
    world.template("hold", HOLD).template("work", work);
    world.cloud.script("ESS." + BEAT, List.of(answer()));
    world.cloud.script("ESS." + COMPLETE, List.of(answer()));
  }

  private static String nap(String duration) {
    return "FormatVersion: OOS-2019-06-01\nTasks:\n  - {Name: nap, Action: ACS::Sleep, Properties: {Duration: "
        + duration + "}}\n";
  }

  private static ObjectNode answer() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode refusal(String code) {
    return answer().put("Code", code);
  }

  private static List<ApiRequest> calls(World world, String api) {
    return world.cloud.requests().stream().filter(r -> r.api().equals(api)).toList();
  }

  private static List<String> results(World world) {
    return calls(world, COMPLETE).stream()
        .map(r -> r.parameters().path("Result").asText())
        .toList();
  }

  @Test
  void what_is_short_needs_no_beat() {
    World world = world(nap("PT170S"));

    assertThat(world.run("hold", "{}").status()).isEqualTo("Success");

    assertThat(calls(world, BEAT)).isEmpty();
    assertThat(results(world)).containsExactly("CONTINUE");
  }

  @Test
  void each_window_is_as_long_as_it_has_taken_so_far_and_the_beat_comes_before_its_end() {
    World world = world(nap("PT40M"));

    assertThat(world.run("hold", "{}").status()).isEqualTo("Success");

    // 180 s after the start for 300 s more, then 360, 540, 864, 1382, 2211 s after the start
    assertThat(calls(world, BEAT))
        .extracting(r -> r.parameters().path("heartbeatTimeout").asLong())
        .containsExactly(300L, 360L, 576L, 921L, 1474L, 2358L);
    assertThat(results(world)).containsExactly("CONTINUE");
  }

  @Test
  void it_beats_while_a_person_is_asked() {
    World world = world(ASK);
    ExecutionView waiting = world.run("hold", "{}");
    assertThat(waiting.waitingStatus()).isEqualTo("WaitingForApproval");
    for (int i = 0; i < 4; i++) {
      world.clock.setAtLeast(Objects.requireNonNull(world.view().wakeAt()));
      world.advance();
    }
    assertThat(calls(world, BEAT)).hasSizeGreaterThanOrEqualTo(4);

    world.vote(World.BO, Decision.APPROVE);

    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(results(world)).containsExactly("CONTINUE");
  }

  @Test
  void an_inner_end_is_not_waited_for_until_the_next_beat() {
    World world = world(nap("PT200S"));

    ExecutionView view = world.run("hold", "{}");

    assertThat(Duration.between(view.createdAt(), view.endedAt()))
        .isLessThan(Duration.ofSeconds(205));
    assertThat(calls(world, BEAT)).hasSize(1);
  }

  @Test
  void six_hours_are_the_end_and_the_result_is_sent_before_it() {
    World world = world(nap("P1D"));

    ExecutionView view = world.run("hold", "{}");

    assertThat(view.status()).isEqualTo("Cancelled");
    assertThat(view.statusMessage()).contains("21600 s");
    assertThat(results(world)).containsExactly("ABANDON");
    assertThat(Duration.between(view.createdAt(), view.endedAt()))
        .isBetween(Duration.ofMinutes(355), Duration.ofHours(6));
    assertThat(calls(world, BEAT)).hasSizeLessThanOrEqualTo(20);
  }

  @Test
  void no_more_calls_are_made_than_are_possible() {
    World world = world(nap("P1D"));

    ExecutionView view = world.run("hold", "{\"most\": 3}");

    assertThat(calls(world, BEAT)).hasSize(3);
    assertThat(view.statusMessage()).contains("extended 3 times");
    assertThat(results(world)).containsExactly("ABANDON");
  }

  @Test
  void a_refused_extension_ends_it_before_the_window_does_and_says_why() {
    World world = world(nap("P1D"));
    world.cloud.script("ESS." + BEAT, List.of(answer(), refusal("Forbidden.RAM")));

    ExecutionView view = world.run("hold", "{}");

    assertThat(view.statusMessage()).contains("Forbidden.RAM");
    assertThat(results(world)).containsExactly("ABANDON");
    assertThat(Duration.between(view.createdAt(), view.endedAt()))
        .isBetween(Duration.ofSeconds(370), Duration.ofSeconds(480));
  }

  @Test
  void a_throttled_extension_is_asked_for_again() {
    World world = world(nap("PT200S"));
    world.cloud.throttle(BEAT, 2);

    assertThat(world.run("hold", "{}").status()).isEqualTo("Success");

    assertThat(calls(world, BEAT)).hasSize(2);
    assertThat(results(world)).containsExactly("CONTINUE");
  }

  @Test
  void a_wait_that_is_over_is_not_kept_alive_and_the_work_goes_on() {
    World world = world(nap("PT30M"));
    world.cloud.script(
        "ESS." + BEAT, List.of(refusal("LifecycleHookIdAndLifecycleActionToken.Invalid")));

    assertThat(world.run("hold", "{}").status()).isEqualTo("Success");

    assertThat(calls(world, BEAT)).hasSize(1);
    assertThat(results(world)).containsExactly("CONTINUE");
  }

  @Test
  void most_of_zero_switches_it_off() {
    World world = world(nap("P1D"));

    assertThat(world.run("hold", "{\"most\": 0}").status()).isEqualTo("Success");

    assertThat(calls(world, BEAT)).isEmpty();
  }

  @Test
  void a_person_who_cancels_has_the_result_sent_too() {
    World world = world(ASK);
    world.run("hold", "{}");

    world.engine().cancel(World.ID, World.ANN, "enough");

    assertThat(world.drive().status()).isEqualTo("Cancelled");
    assertThat(results(world)).containsExactly("ABANDON");
  }

  @Test
  void what_is_missing_is_said_before_the_inner_template_begins() {
    World world = world(nap("PT1S"));
    world.template("hold", HOLD.replace("Window: '{{ window }}'", "Window: ''"));

    ExecutionView view = world.run("hold", "{}");

    assertThat(view.statusMessage()).contains("KeepAlive needs Window");
    assertThat(world.taskLines()).noneMatch(line -> line.contains("nap"));
  }

  @Test
  void a_crash_anywhere_loses_no_beat_and_no_result() {
    Boundaries calm = new Boundaries();
    World whole = new World(calm);
    prepare(whole, nap("PT20M"));
    whole.run("hold", "{}");
    int boundaries = calm.count();
    assertThat(boundaries).isGreaterThan(20);
    List<String> wrong = new ArrayList<>();

    for (int cut = 1; cut <= boundaries; cut++) {
      World world = new World(new Boundaries(cut));
      prepare(world, nap("PT20M"));
      ExecutionView view = played(world);
      if (!view.status().equals("Success")
          || !new java.util.HashSet<>(results(world)).equals(java.util.Set.of("CONTINUE"))) {
        wrong.add("cut " + cut + ": " + view.status() + " " + results(world));
      }
    }

    assertThat(wrong).isEmpty();
  }

  private static ExecutionView played(World world) {
    while (true) {
      try {
        world.engine().start(world.wish("hold", "{}"));
        return world.drive();
      } catch (Crash crash) {
        world.restart();
      }
    }
  }
}
