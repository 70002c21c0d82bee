package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.execution.Question;
import chatops.engine.notice.Notice;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import java.time.Duration;
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
      .template("command", COMMAND);

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
  void throttling_that_does_not_end_fails_the_task_after_six_tries() {
    world.cloud.instance("i-1", "Stopped");
    world.cloud.throttle("StartInstance", 100);

    var view = world.run("start", "{\"instanceId\":\"i-1\"}");

    assertThat(view.status()).isEqualTo("Failed");
    assertThat(view.statusMessage()).contains("start", "Throttling.User");
    assertThat(world.cloud.log().stream().filter("StartInstance i-1"::equals)).hasSize(6);
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
  void a_person_may_send_a_lost_reboot_again_once_it_cannot_land_any_more() {
    world.cloud.instance("i-1", "Running");
    world.cloud.loseCall("RebootInstance");
    Question question =
        world.run("reboot", "{\"instanceId\":\"i-1\"}").questions().get(0);
    world.clock.advance(Duration.ofMinutes(1));

    world.engine().decideOutcome(World.ID, question.id(), Question.Answer.RETRY, World.BO);

    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).containsExactly("RebootInstance i-1");
  }

  @Test
  void a_person_may_stop_a_run_whose_call_has_no_known_outcome() {
    world.cloud.instance("i-1", "Running");
    world.cloud.loseCall("RebootInstance");
    Question question =
        world.run("reboot", "{\"instanceId\":\"i-1\"}").questions().get(0);

    world.engine().decideOutcome(World.ID, question.id(), Question.Answer.STOP, World.BO);
    var view = world.drive();

    assertThat(view.status()).isEqualTo("Failed");
    assertThat(view.statusMessage()).contains("ECS.RebootInstance", "stopped by bo");
    assertThat(world.cloud.effects()).isEmpty();
  }
}
