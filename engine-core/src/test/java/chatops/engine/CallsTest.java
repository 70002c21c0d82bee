package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.execution.Question;
import chatops.engine.notice.Notice;
import chatops.engine.run.Settings;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.Crash;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallsTest {
  private static final String COMMAND = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - Name: command
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: RunCommand, Parameters: {CommandContent: uptime}}
          Outputs: {id: {Type: String, ValueSelector: InvokeId}}
      Outputs:
        id: {Type: String, Value: '{{ command.id }}'}
      """;

  private final World world = new World()
      .template("start", Yaml.START)
      .template(
          "stop",
          Yaml.START.replace("StartInstance", "StopInstance").replace("[Running]", "[Stopped]"))
      .template("reboot", Yaml.REBOOT)
      .template("command", COMMAND)
      .template(
          "delete",
          "FormatVersion: OOS-2019-06-01\nTasks: [{Name: delete, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: DeleteThing, Risk: Normal}}]\n");

  @Test
  void a_throttled_call_is_sent_again_later() {
    world.cloud.instance("i-1", "Stopped");
    world.cloud.throttle("StartInstance", 3);

    var view = world.run("start", "{\"instanceId\":\"i-1\"}");

    assertThat(view.status()).isEqualTo("Success");
    assertThat(world.cloud.log().stream().filter("StartInstance i-1"::equals)).hasSize(4);
    assertThat(world.cloud.effects()).containsExactly("StartInstance i-1");
  }

  @Test
  void a_deletion_that_was_cut_off_is_not_taken_for_one_of_something_that_never_was() {
    world.template(
        "gone",
        "FormatVersion: OOS-2019-06-01\nTasks: [{Name: gone, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: DeleteInstance, Risk: Normal, Parameters: {InstanceId: i-1}}}]\n");
    ObjectNode absent =
        JsonNodeFactory.instance.objectNode().put("Code", "InvalidInstanceId.NotFound");
    world.cloud.script(
        "ECS.DeleteInstance", List.of(JsonNodeFactory.instance.objectNode(), absent));
    world.cloud.during("DeleteInstance", () -> {
      throw new Crash("the reply is not stored");
    });

    assertThatThrownBy(() -> world.run("gone", "{}")).isInstanceOf(Crash.class);
    world.restart();

    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).hasSize(1);
  }

  @Test
  void throttling_alone_fails_no_task_before_a_day_is_over() {
    world.cloud.instance("i-1", "Stopped");
    world.cloud.limit("StartInstance", false, now -> false);
    Instant start = world.clock.instant();

    var view = world.run("start", "{\"instanceId\":\"i-1\"}");

    assertThat(view.status()).isEqualTo("Failed");
    assertThat(view.statusMessage()).contains("start", "Throttling.User");
    assertThat(world.clock.instant()).isAfter(start.plus(Duration.ofHours(24)));
    assertThat(world.cloud.log().stream().filter("StartInstance i-1"::equals))
        .hasSizeBetween(24 * 60, 25 * 70);
  }

  @Test
  void a_lost_answer_of_a_start_converges() {
    world.cloud.instance("i-1", "Stopped");
    world.cloud.loseAnswer("StartInstance");

    var view = world.run("start", "{\"instanceId\":\"i-1\"}");

    assertThat(view.status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).containsExactly("StartInstance i-1");
  }

  @Test
  void whether_it_runs_already_is_looked_up_again_when_the_answer_is_lost() {
    world.cloud.instance("i-1", "Running");
    world.cloud.loseAnswer("DescribeInstances");

    var view = world.run("start", "{\"instanceId\":\"i-1\"}");

    assertThat(view.status()).isEqualTo("Success");
  }

  @Test
  void starting_what_runs_counts_as_success() {
    world.cloud.instance("i-1", "Running");

    var view = world.run("start", "{\"instanceId\":\"i-1\"}");

    assertThat(view.status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).isEmpty();
  }

  @Test
  void a_start_waits_out_an_instance_that_is_stopping() {
    world.cloud.instance("i-1", "Running");
    world.run("stop", "{\"instanceId\":\"i-1\"}");
    assertThat(world.cloud.status("i-1")).isEqualTo("Stopped");
  }

  @Test
  void an_unknown_instance_fails_with_the_clouds_own_words() {
    var view = world.run("start", "{\"instanceId\":\"i-none\"}");

    assertThat(view.status()).isEqualTo("Failed");
    assertThat(view.statusMessage())
        .isEqualTo(
            "start: ECS.StartInstance: InvalidInstanceId.NotFound: said the cloud (request r-e)");
  }

  @Test
  void a_lost_answer_under_a_token_is_asked_for_again_and_runs_once() {
    world.cloud.loseAnswer("RunCommand");

    var view = world.run("command", "{}");

    assertThat(view.status()).isEqualTo("Success");
    assertThat(world.cloud.log()).containsExactly("RunCommand", "RunCommand");
    assertThat(world.cloud.effects()).containsExactly("RunCommand");
  }

  @Test
  void a_lost_answer_of_a_reboot_waits_for_a_person_and_is_never_sent_again_by_itself() {
    world.cloud.instance("i-1", "Running");
    world.cloud.loseAnswer("RebootInstance");

    var view = world.run("reboot", "{\"instanceId\":\"i-1\"}");

    assertThat(view.waitingStatus()).isEqualTo("WaitingForOutcomeDecision");
    assertThat(world.notices(Notice.OutcomeWanted.class).get(0).query()).contains("StartTime");
    Question question = view.questions().get(0);
    assertThat(world
            .engine()
            .decideOutcome(World.ID, question.id(), Question.Answer.RETRY, World.BO)
            .state())
        .isEqualTo(AnswerResult.State.TOO_EARLY);
    assertThat(world
            .engine()
            .decideOutcome(World.ID, question.id(), Question.Answer.SKIP, World.BO)
            .state())
        .isEqualTo(AnswerResult.State.RECORDED);
    assertThat(world
            .engine()
            .decideOutcome(World.ID, question.id(), Question.Answer.STOP, World.ANN)
            .state())
        .isEqualTo(AnswerResult.State.ALREADY_ANSWERED);

    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).containsExactly("RebootInstance i-1");
  }

  @Test
  void a_person_may_send_a_lost_call_again_once_it_cannot_land_any_more() {
    world.cloud.loseCall("DeleteThing");
    Question question = world.run("delete", "{}").questions().get(0);
    world.clock.advance(Duration.ofMinutes(1));

    world.engine().decideOutcome(World.ID, question.id(), Question.Answer.RETRY, World.BO);

    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).containsExactly("DeleteThing");
  }

  @Test
  void a_person_may_stop_a_run_whose_call_has_no_known_outcome() {
    world.cloud.loseCall("DeleteThing");
    Question question = world.run("delete", "{}").questions().get(0);

    world.engine().decideOutcome(World.ID, question.id(), Question.Answer.STOP, World.BO);
    var view = world.drive();

    assertThat(view.status()).isEqualTo("Failed");
    assertThat(view.statusMessage()).contains("ECS.DeleteThing", "stopped by bo");
    assertThat(world.cloud.effects()).isEmpty();
  }

  @Test
  void a_lost_reboot_whose_instance_runs_since_before_is_sent_again_without_asking() {
    world.cloud.instance("i-1", "Running");
    world.cloud.loseCall("RebootInstance");

    var view = world.run("reboot", "{\"instanceId\":\"i-1\"}");

    assertThat(view.status()).isEqualTo("Success");
    assertThat(view.questions()).isEmpty();
    assertThat(world.cloud.effects()).containsExactly("RebootInstance i-1");
  }

  @Test
  void that_nothing_happened_is_not_believed_before_a_lost_call_can_have_landed() {
    world.cloud.instance("i-1", "Running");
    world.cloud.loseCall("RebootInstance");
    world.engine().start(world.wish("reboot", "{\"instanceId\":\"i-1\"}"));

    world.advance();

    assertThat(world.cloud.log()).containsOnlyOnce("RebootInstance i-1");
    assertThat(world.view().wakeAt()).isEqualTo(world.clock.instant().plus(Duration.ofSeconds(20)));
  }

  @Test
  void a_reboot_whose_instance_started_after_it_counts_as_done() {
    world.cloud.instance("i-1", "Running");
    world.cloud.loseAnswer("RebootInstance");
    world.engine().start(world.wish("reboot", "{\"instanceId\":\"i-1\"}"));
    world.advance();
    world.cloud.rebooted("i-1", world.clock.instant().plus(Duration.ofMinutes(1)));

    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).containsExactly("RebootInstance i-1");
  }

  @Test
  void a_reboot_within_the_minute_in_which_the_instance_started_is_left_to_people() {
    world.cloud.instance("i-1", "Running");
    world.cloud.loseAnswer("RebootInstance");

    var view = world.run("reboot", "{\"instanceId\":\"i-1\"}");

    assertThat(view.waitingStatus()).isEqualTo("WaitingForOutcomeDecision");
    assertThat(view.questions()).hasSize(1);
    assertThat(world.cloud.effects()).containsExactly("RebootInstance i-1");
  }

  @Test
  void a_stale_stop_does_not_undo_a_persons_start() {
    World crashing = stale("Running");

    var view = crashing.drive();

    assertThat(view.waitingStatus()).isEqualTo("WaitingForOutcomeDecision");
    assertThat(crashing.cloud.count("StopInstance")).isZero();
    assertThat(crashing.cloud.status("i-1")).isEqualTo("Running");
  }

  @Test
  void a_stale_stop_of_what_is_stopped_counts_as_done() {
    World crashing = stale("Stopped");

    assertThat(crashing.drive().status()).isEqualTo("Success");
    assertThat(crashing.cloud.effects()).isEmpty();
  }

  @Test
  void a_stop_that_left_after_it_was_throttled_is_not_taken_for_unsent_an_hour_later() {
    // throttled for so long that the lease is renewed, and the unsent call written with it
    World crashing = stale("after StopInstance", 4, "Running");
    assertThat(crashing.cloud.count("StopInstance")).isEqualTo(1);

    var view = crashing.drive();

    assertThat(view.waitingStatus()).isEqualTo("WaitingForOutcomeDecision");
    assertThat(crashing.cloud.count("StopInstance")).isEqualTo(1);
  }

  @Test
  void a_stop_that_never_left_because_it_was_throttled_is_sent_an_hour_later() {
    World crashing = stale("wake", 2, "Running");

    assertThat(crashing.drive().status()).isEqualTo("Success");
    assertThat(crashing.cloud.count("StopInstance")).isEqualTo(1);
  }

  /** The process ends after it stated a stop and before it sent it, and comes back an hour later. */
  private World stale(String found) {
    return stale("before StopInstance", 0, found);
  }

  private World stale(String boundary, int throttled, String found) {
    String stop = """
        FormatVersion: OOS-2019-06-01
        Parameters: {instanceId: {Type: String}}
        Tasks:
          - {Name: look, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: DescribeInstances}}
          - {Name: stop, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: StopInstance, Parameters: {InstanceId: '{{ instanceId }}'}}}
        """;
    for (int cut = 1; cut < 50; cut++) {
      World crashing = new World(new Boundaries(cut)).template("stop", stop);
      if (throttled > 2) {
        crashing.settings(Settings.defaults().withInProcessWait(Duration.ofMinutes(1)));
      }
      crashing.cloud.instance("i-1", "Running");
      crashing.cloud.throttle("StopInstance", throttled);
      try {
        crashing.run("stop", "{\"instanceId\":\"i-1\"}");
      } catch (Crash crash) {
        if (crashing.boundaries.name(cut).equals(boundary)) {
          crashing.restart();
          crashing.cloud.instance("i-1", found);
          crashing.clock.advance(Duration.ofHours(1));
          return crashing;
        }
      }
    }
    throw new IllegalStateException("no boundary " + boundary);
  }

  @Test
  void a_token_is_not_trusted_for_ever() {
    World crashing = null;
    for (int cut = 1; cut < 50 && crashing == null; cut++) {
      World tried = new World(new Boundaries(cut))
          .template(
              "command",
              COMMAND.replace(
                  "  - Name: command",
                  "  - {Name: look, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: DescribeInstances}}\n  - Name: command"));
      try {
        tried.run("command", "{}");
      } catch (Crash crash) {
        crashing = tried.boundaries.name(cut).equals("after RunCommand") ? tried : null;
      }
    }
    assertThat(crashing).isNotNull();
    crashing.restart();
    crashing.clock.advance(Duration.ofHours(25));

    var view = crashing.drive();

    assertThat(view.waitingStatus()).isEqualTo("WaitingForOutcomeDecision");
    assertThat(crashing.cloud.effects()).containsExactly("RunCommand");
  }

  @Test
  void an_execution_that_a_task_starts_is_started_once_wherever_the_process_ends() {
    String parent = """
        FormatVersion: OOS-2019-06-01
        Tasks:
          - {Name: go, Action: ACS::ExecuteAPI, Properties: {Service: OOS, API: StartExecution, Parameters: {TemplateName: child}}}
          - {Name: nap, Action: ACS::Sleep, Properties: {Duration: PT1S}}
        """;
    String child =
        "FormatVersion: OOS-2019-06-01\nTasks: [{Name: nap, Action: ACS::Sleep, Properties: {Duration: PT1S}}]\n";
    int cuts = 0;
    for (int cut = 1; cut < 40; cut++) {
      World crashing =
          new World(new Boundaries(cut)).template("parent", parent).template("child", child);
      try {
        crashing.run("parent", "{}");
      } catch (Crash crash) {
        cuts++;
        crashing.restart();
        if (crashing.engine().find(World.ID).isEmpty()) {
          continue;
        }
        crashing.drive();
      }
      long children = crashing
          .engine()
          .list(new ExecutionQuery(null, "child", null, null, 10))
          .size();
      assertThat(children).as("cut at %s", cut).isEqualTo(1);
    }
    assertThat(cuts).isGreaterThan(5);
  }
}
