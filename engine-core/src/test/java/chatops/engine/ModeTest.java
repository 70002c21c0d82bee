package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.execution.Decision;
import chatops.engine.execution.SafetyCheck;
import chatops.engine.run.Settings;
import chatops.engine.testkit.World;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Debug mode, LoopMode and the safety check (specification 13.2 and 13.5). */
class ModeTest {
  private static final ObjectNode NONE = JsonNodeFactory.instance.objectNode();
  private static final String TWO = """
      FormatVersion: OOS-2019-06-01
      Parameters: {id: {Type: String, Default: i-1}}
      Tasks:
        - {Name: start, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: '{{ id }}'}}}
        - {Name: run, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}
      Outputs: {id: {Type: String, Value: '{{ id }}'}}
      """;
  private static final String DELETE = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - {Name: read, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: DescribeInstances}}
        - {Name: delete, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: DeleteThing}}
      """;

  private final World world = new World().template("two", TWO).template("delete", DELETE);

  private OrderResult execute(String task, ObjectNode parameters, String decision) {
    return world.engine().executeTask(World.ID, task, parameters, World.BO, decision);
  }

  @Test
  void in_debug_mode_every_task_waits_and_the_end_is_ordered() {
    world.cloud.instance("i-1", "Stopped").instance("i-2", "Stopped");
    var waiting = world.mode("Debug").run("two", "{}");
    assertThat(waiting.waitingStatus()).isEqualTo("WaitingForDebug");
    assertThat(waiting.statusMessage()).isEqualTo("next: start");
    assertThat(world.cloud.effects()).isEmpty();

    execute("", JsonNodeFactory.instance.objectNode().put("InstanceId", "i-2"), "d1");
    assertThat(world.drive().statusMessage()).isEqualTo("next: run");
    assertThat(world.cloud.effects()).containsExactly("StartInstance i-2");

    world.engine().cancelTask(World.ID, World.BO, "d2");
    assertThat(world.drive().statusMessage()).isEqualTo("no task follows");
    execute("start", NONE, "d3");
    assertThat(world.drive().statusMessage()).isEqualTo("next: run");
    assertThat(world.cloud.effects()).containsExactly("StartInstance i-2", "StartInstance i-1");

    assertThat(world.engine().complete(World.ID, "Success", World.BO, "d4").state())
        .isEqualTo(OrderResult.State.ACCEPTED);
    var ended = world.drive();
    assertThat(ended.status()).isEqualTo("Success");
    assertThat(ended.outputs().path("id").asText()).isEqualTo("i-1");
    assertThat(world.taskLines())
        .containsExactly(
            "t0001 start Success", "t0002 run Skipped", "t0003 start Success", "t0004 run Waiting");
  }

  @Test
  void in_debug_mode_a_failed_task_can_be_run_again_and_a_loop_walks_one_chosen_item() {
    world.cloud.instance("i-2", "Stopped");
    world.template("loop", """
        FormatVersion: OOS-2019-06-01
        Tasks:
          - Name: each
            Action: ACS::ExecuteAPI
            Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: '{{ ACS::TaskLoopItem }}'}}
            Loop: {Items: [i-1, i-2], RateControl: {Concurrency: 2}}
        """);
    world.mode("Debug").run("loop", "{}");

    execute("each", NONE, "d1");
    assertThat(world.drive().statusMessage()).isEqualTo("no task follows");
    execute("each", JsonNodeFactory.instance.objectNode().put("LoopItem", "i-2"), "d2");
    world.drive();

    assertThat(world.taskLines())
        .containsExactly(
            "t0001 each Failed",
            "t0001.0000 each Failed",
            "t0002 each Success",
            "t0002.0000 each Success");
    world.engine().complete(World.ID, "Failed", World.BO, "d3");
    assertThat(world.drive().status()).isEqualTo("Failed");
  }

  @Test
  void orders_of_debug_mode_are_refused_in_others() {
    world.template(
        "nap", TWO.replaceAll("(?s)Tasks:.*", "Tasks: [{Name: n, Action: ACS::Pause}]\n"));
    world.run("nap", "{}");

    assertThat(execute("", NONE, "d1").message()).isEqualTo("it runs in mode Automatic, not Debug");
    assertThatThrownBy(() -> new World().template("two", TWO).mode("Fast").run("two", "{}"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("mode 'Fast': expected Automatic, FailurePause, Debug");
  }

  @Test
  void a_call_of_high_risk_waits_for_a_confirmation_which_the_starter_may_give() {
    var waiting = world.run("delete", "{}");

    assertThat(waiting.waitingStatus()).isEqualTo("WaitingForRiskConfirmation");
    assertThat(waiting.approvals().get(0).question())
        .isEqualTo("Task delete is about to call ECS.DeleteThing, which is of high risk. Go on?");
    assertThat(world.cloud.effects()).isEmpty();
    assertThat(world.vote(World.ANN, Decision.APPROVE).state()).isEqualTo(VoteResult.State.DECIDED);

    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).containsExactly("DeleteThing");
  }

  @Test
  void a_refused_confirmation_cancels_and_nothing_is_sent() {
    world.run("delete", "{}");

    world.vote(World.BO, Decision.REJECT);

    var ended = world.drive();
    assertThat(ended.status()).isEqualTo("Cancelled");
    assertThat(ended.statusMessage()).isEqualTo("ECS.DeleteThing: rejected by bo");
    assertThat(world.cloud.effects()).isEmpty();
  }

  @Test
  void the_task_the_start_and_the_settings_can_say_otherwise() {
    world.template("delete", DELETE.replace("API: DeleteThing", "API: DeleteThing, Risk: Normal"));
    assertThat(world.run("delete", "{}").status()).isEqualTo("Success");

    World skipping = new World().template("delete", DELETE);
    skipping.settings(Settings.defaults().withSafetyCheck(SafetyCheck.SKIP));
    assertThat(skipping.run("delete", "{}").status()).isEqualTo("Success");

    World other =
        new World().template("two", TWO.replace("API: RunCommand", "API: RunCommand, Risk: High"));
    other.cloud.instance("i-1", "Stopped");
    assertThat(other.run("two", "{}").waitingStatus()).isEqualTo("WaitingForRiskConfirmation");

    World verbs = new World().template("two", TWO);
    verbs.settings(Settings.defaults().withRiskyVerbs(List.of("Start")));
    assertThat(verbs.run("two", "{}").waitingStatus()).isEqualTo("WaitingForRiskConfirmation");
  }

  @Test
  void items_of_a_loop_share_one_confirmation_in_nested_templates_too() {
    world.template("ACS::X::Delete", DELETE);
    world.template("t", """
        FormatVersion: OOS-2019-06-01
        Tasks:
          - {Name: each, Action: 'ACS::X::Delete', Loop: {Items: [1, 2, 3], RateControl: {Concurrency: 2}}}
        """);
    world.run("t", "{}");

    assertThat(world.view().approvals()).hasSize(1);
    world.vote(World.BO, Decision.APPROVE);

    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).hasSize(3);
    assertThat(world.view().approvals()).hasSize(1);
    assertThat(world.engine().riskyTasks("t", ""))
        .containsExactly(
            new RiskyTask("ECS", "DeleteThing", List.of("delete"), List.of("ACS::X::Delete")));
  }

  @Test
  void the_loop_mode_of_the_start_pauses_after_batches() {
    world.template("t", """
        FormatVersion: OOS-2019-06-01
        Tasks:
          - Name: each
            Action: ACS::ExecuteAPI
            Properties: {Service: ECS, API: RunCommand}
            Loop: {Items: [1, 2, 3], RateControl: {Mode: Batch, Batch: [1]}}
        """);
    StartExecution wish = world.wish("t", "{}");
    world
        .engine()
        .start(new StartExecution(
            wish.id(),
            "t",
            "",
            wish.parameters(),
            wish.startedBy(),
            "",
            wish.origin(),
            wish.regionId(),
            "",
            "EveryBatchPause",
            ""));

    assertThat(world.drive().waitingStatus()).isEqualTo("WaitingForBatch");
    world.vote(World.ANN, Decision.APPROVE);
    assertThat(world.drive().waitingStatus()).isEqualTo("WaitingForBatch");
    assertThat(world.cloud.effects()).hasSize(2);
  }
}
