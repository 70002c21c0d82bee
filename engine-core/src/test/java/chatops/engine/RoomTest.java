package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.audit.Chain;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Question;
import chatops.engine.notice.Notice;
import chatops.engine.run.Settings;
import chatops.engine.testkit.World;
import chatops.engine.view.ExecutionView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An execution's row stays small, or the execution ends and says so. */
class RoomTest {
  private final World world = new World();

  private String items(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"x-" + i + "\"")
        .collect(Collectors.joining(",", "{\"ids\":[", "]}"));
  }

  private static String loop(String task) {
    return """
        FormatVersion: OOS-2019-06-01
        Parameters: {ids: {Type: Json}}
        Tasks:
          - Name: each
            %s
            Loop: {Items: '{{ ids }}', RateControl: {Mode: Concurrency, Concurrency: 100, MaxErrors: 100%%}}
        """.formatted(task);
  }

  private int row() {
    return world.store.load(World.ID).orElseThrow().document().length();
  }

  private static List<Question> open(ExecutionView view) {
    return view.questions().stream().filter(q -> q.answer() == null).toList();
  }

  @Test
  void people_are_asked_about_fifty_unknown_outcomes_at_a_time_and_answered_ones_make_room() {
    world.template(
        "t",
        loop(
            "Action: ACS::ExecuteAPI\n    Properties: {Service: ECS, API: DeleteThing, Risk: Normal, Parameters: {Name: '{{ ACS::TaskLoopItem }}'}}"));
    for (int i = 0; i < 150; i++) {
      world.cloud.loseAnswer("DeleteThing");
    }
    ExecutionView view = world.run("t", items(150));
    int rounds = 0;
    while (view.endedAt() == null && rounds++ < 50) {
      assertThat(open(view)).hasSizeLessThanOrEqualTo(50);
      assertThat(row()).isLessThan(48 * 1024);
      for (Question question : open(view)) {
        world.engine().decideOutcome(World.ID, question.id(), Question.Answer.SKIP, World.BO);
      }
      view = world.drive();
    }

    assertThat(view.status()).as(view.statusMessage()).isEqualTo("Success");
    assertThat(world.cloud.effects()).hasSize(150);
    assertThat(world.notices(Notice.OutcomeWanted.class)).hasSize(150);
  }

  @Test
  void a_loop_of_a_hundred_and_twenty_approvals_fits_a_row() {
    world.template("ACS::ECS::Ask", """
        FormatVersion: OOS-2019-06-01
        Parameters: {what: {Type: String}}
        Tasks:
          - Name: ask
            Action: ACS::Approve
            Properties: {NotifyType: WebHook, WebHook: {URI: 'https://hooks.example/x', Content: {text: 'Delete {{ what }}?'}}}
        """);
    world.template(
        "t",
        loop("Action: ACS::ECS::Ask\n    Properties: {what: '{{ ACS::TaskLoopItem }}'}")
            .replace("Concurrency: 100", "Concurrency: 10"));
    ExecutionView view = world.run("t", items(120));
    int most = 0;
    for (int votes = 0; view.endedAt() == null && votes < 200; votes++) {
      most = Math.max(most, row());
      world.vote(World.BO, Decision.APPROVE);
      view = world.drive();
    }

    assertThat(view.status()).as(view.statusMessage()).isEqualTo("Success");
    assertThat(world.notices(Notice.DecisionWanted.class)).hasSize(120);
    assertThat(most).isLessThan(48 * 1024);
  }

  @Test
  void an_execution_whose_row_gets_too_large_fails_and_people_are_told() {
    world.template("t", """
        FormatVersion: OOS-2019-06-01
        Parameters: {text: {Type: String}}
        Tasks:
          - Name: first
            Action: ACS::ExecuteAPI
            Properties: {Service: ECS, API: DeleteThing, Risk: Normal}
          - Name: ask
            Action: ACS::Approve
            Properties: {NotifyType: WebHook, WebHook: {URI: 'https://hooks.example/x', Content: {text: '{{ text }}{{ text }}{{ text }}'}}}
        """);

    ExecutionView view = world.run("t", "{\"text\":\"" + "x".repeat(24_000) + "\"}");

    assertThat(view.status()).isEqualTo("Failed");
    assertThat(view.statusMessage()).contains("its row has", "at most 59392");
    assertThat(world.notices(Notice.Ended.class)).hasSize(1);
    assertThat(world.cloud.effects()).containsExactly("DeleteThing");
    assertThat(world.engine().logs(World.ID, 0, 100).toString()).contains("its row has");
  }

  @Test
  void a_call_that_left_before_the_row_got_too_large_is_in_the_audit_trail() {
    world.template("t", """
        FormatVersion: OOS-2019-06-01
        Parameters: {text: {Type: String}}
        Tasks:
          - Name: command
            Action: ACS::ExecuteAPI
            Properties: {Service: ECS, API: RunCommand}
          - Name: ask
            Action: ACS::Approve
            Properties: {NotifyType: WebHook, WebHook: {URI: 'https://hooks.example/x', Content: {text: '{{ text }}{{ text }}{{ text }}'}}}
        """);

    ExecutionView view = world.run("t", "{\"text\":\"" + "x".repeat(24_000) + "\"}");

    Chain trail = world.engine().audit(World.ID);
    assertThat(view.status()).isEqualTo("Failed");
    assertThat(world.cloud.effects()).hasSize(1);
    assertThat(trail.broken()).isNull();
    assertThat(trail.links().toString()).contains("RunCommand").contains("its row has");
  }

  @Test
  void an_invocation_too_short_for_any_call_does_not_ask_for_the_next_at_once() {
    world.settings(Settings.defaults());
    world.template(
        "t",
        "FormatVersion: OOS-2019-06-01\nTasks: [{Name: delete, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: DeleteThing, Risk: Normal}}]\n");
    world.engine().start(world.wish("t", "{}"));

    Instant now = world.clock.instant();
    // one that began late may be followed by a longer one
    assertThat(world.engine().advance(World.ID, now.plusSeconds(10)).wakeAt()).isEqualTo(now);
    assertThat(world.engine().advance(World.ID, now.plusSeconds(10)).wakeAt())
        .isEqualTo(now.plus(Duration.ofMinutes(1)));
    assertThat(world.engine().logs(World.ID, 0, 100).toString()).contains("timeout of a minute");
    assertThat(world.cloud.log()).isEmpty();
  }
}
