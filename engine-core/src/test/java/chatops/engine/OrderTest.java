package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.id.TaskPath;
import chatops.engine.notice.Notice;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import chatops.engine.view.ExecutionView;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pause and resume, retry and skip, on executions of any mode. */
class OrderTest {
  private static final ObjectNode NONE = JsonNodeFactory.instance.objectNode();
  private static final String THREE = """
      FormatVersion: OOS-2019-06-01
      Parameters: {id: {Type: String}}
      Tasks:
        - {Name: first, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}, Outputs: {id: {Type: String, ValueSelector: InvokeId}}}
        - {Name: start, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: '{{ id }}'}}, Outputs: {rid: {Type: String, ValueSelector: RequestId}}}
        - {Name: last, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}
      Outputs: {id: {Type: String, Value: '{{ first.id }}'}, rid: {Type: String, Value: '{{ start.rid }}'}}
      """;
  private static final String EACH = """
      FormatVersion: OOS-2019-06-01
      Parameters: {ids: {Type: Json}}
      Tasks:
        - Name: each
          Action: ACS::X::Start
          Properties: {instanceId: '{{ ACS::TaskLoopItem }}'}
          Outputs: {status: {Type: String, ValueSelector: status}}
          Loop:
            Items: '{{ ids }}'
            RateControl: {Mode: Concurrency, Concurrency: 1, MaxErrors: 1}
            Outputs: {all: {AggregateType: Fn::ListJoin, AggregateField: status}}
      Outputs: {all: {Type: List, Value: '{{ each.all }}'}}
      """;

  private final World world = new World()
      .template("three", THREE)
      .template("each", EACH)
      .template("ACS::X::Start", Yaml.START);

  private OrderResult retry(String decision, ObjectNode changed, String... paths) {
    return world.engine().retry(World.ID, paths(paths), changed, World.BO, decision);
  }

  private OrderResult skip(String decision, String... paths) {
    return world.engine().skip(World.ID, paths(paths), World.BO, decision);
  }

  private static List<TaskPath> paths(String... paths) {
    return List.of(paths).stream().map(TaskPath::new).toList();
  }

  private static ObjectNode change(String name, String value) {
    return JsonNodeFactory.instance.objectNode().put(name, value);
  }

  @Test
  void a_pause_lets_the_running_call_finish_and_starts_nothing_more() {
    world.cloud.instance("i-1", "Stopped");
    world.cloud.during(
        "StartInstance", () -> world.engine().pause(World.ID, World.BO, "lunch", "d1"));

    var paused = world.run("three", "{\"id\":\"i-1\"}");

    assertThat(paused.status()).isEqualTo("Waiting");
    assertThat(paused.waitingStatus()).isEqualTo("WaitingForPause");
    assertThat(paused.statusMessage()).isEqualTo("paused by bo: lunch");
    assertThat(paused.pause()).isNotNull();
    assertThat(world.taskLines()).startsWith("t0001 first Success", "t0002 start Success");
    world.drive();
    assertThat(world.cloud.effects()).hasSize(2);

    assertThat(world.engine().resume(World.ID, World.BO, "d2").state())
        .isEqualTo(OrderResult.State.ACCEPTED);
    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).hasSize(3);
  }

  @Test
  void orders_are_taken_once_and_say_what_became_of_them() {
    world.cloud.instance("i-1", "Stopped");
    assertThat(world.engine().pause(World.ID, World.BO, "", "d0").state())
        .isEqualTo(OrderResult.State.UNKNOWN);
    world.engine().start(world.wish("three", "{\"id\":\"i-1\"}"));

    assertThat(world.engine().resume(World.ID, World.BO, "d1").message())
        .isEqualTo("it is not paused");
    assertThat(world.engine().pause(World.ID, World.BO, "", "d2").state())
        .isEqualTo(OrderResult.State.ACCEPTED);
    assertThat(world.engine().pause(World.ID, World.BO, "", "d2").state())
        .isEqualTo(OrderResult.State.REPEATED);
    assertThat(world.engine().pause(World.ID, World.ANN, "", "d3").message())
        .isEqualTo("it is paused by bo");
    world.engine().resume(World.ID, World.BO, "d4");
    assertThat(world.engine().pause(World.ID, World.BO, "", "d2").state())
        .isEqualTo(OrderResult.State.REPEATED);
    assertThat(retry("d5", NONE).state()).isEqualTo(OrderResult.State.NOT_POSSIBLE);
    world.drive();
    assertThat(world.engine().pause(World.ID, World.BO, "", "d6").state())
        .isEqualTo(OrderResult.State.ENDED);
    assertThat(retry("d7", NONE).state()).isEqualTo(OrderResult.State.ENDED);
  }

  @Test
  void a_failed_execution_goes_on_from_the_failed_task_with_a_changed_parameter() {
    world.cloud.instance("i-1", "Stopped");
    var failed = world.run("three", "{\"id\":\"i-none\"}");
    assertThat(failed.status()).isEqualTo("Failed");

    assertThat(retry("d1", change("id", "i-1")).state()).isEqualTo(OrderResult.State.ACCEPTED);
    assertThat(world.view().status()).isEqualTo("Running");
    var ended = world.drive();

    assertThat(ended.status()).isEqualTo("Success");
    assertThat(ended.statusMessage()).isEmpty();
    assertThat(ended.outputs().path("id").asText()).isEqualTo("t-1");
    assertThat(world.cloud.count("RunCommand")).isEqualTo(2);
    assertThat(world.cloud.count("StartInstance i-1")).isEqualTo(1);
    assertThat(world.notices(Notice.Ended.class))
        .extracting(Notice.Ended::status)
        .containsExactly("Failed", "Success");
    assertThat(world.notices(Notice.Ended.class).stream()
            .map(n -> n.envelope().id())
            .distinct())
        .hasSize(2);
  }

  @Test
  void a_parameter_of_the_call_can_be_changed_alone() {
    world.cloud.instance("i-1", "Stopped");
    world.run("three", "{\"id\":\"i-none\"}");

    retry("d1", change("instanceid", "i-1"));

    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).contains("StartInstance i-1");
  }

  @Test
  void a_failed_task_that_is_skipped_has_no_outputs_and_the_rest_runs() {
    world.run("three", "{\"id\":\"i-none\"}");

    assertThat(skip("d1").state()).isEqualTo(OrderResult.State.ACCEPTED);
    var ended = world.drive();

    assertThat(ended.status()).isEqualTo("Success");
    assertThat(ended.outputs().path("rid").isNull()).isTrue();
    assertThat(world.taskLines())
        .containsExactly("t0001 first Success", "t0002 start Success", "t0003 last Success");
  }

  @Test
  void a_retry_that_fails_again_fails_the_execution_again_and_can_be_retried_again() {
    world.cloud.instance("i-1", "Stopped");
    world.run("three", "{\"id\":\"i-none\"}");
    retry("d1", NONE);
    assertThat(world.drive().status()).isEqualTo("Failed");

    retry("d2", change("id", "i-1"));

    assertThat(world.drive().status()).isEqualTo("Success");
  }

  @Test
  void only_the_failed_items_of_a_loop_run_again_and_those_not_begun_follow() {
    world.cloud.instance("i-1", "Stopped").instance("i-5", "Stopped");
    var failed = world.run("each", "{\"ids\":[\"i-1\",\"i-2\",\"i-3\",\"i-5\"]}");
    assertThat(failed.status()).isEqualTo("Failed");
    world.cloud.instance("i-2", "Stopped").instance("i-3", "Stopped");

    retry("d1", NONE);
    var ended = world.drive();

    assertThat(ended.status()).isEqualTo("Success");
    assertThat(ended.outputs())
        .hasToString("{\"all\":[\"Running\",\"Running\",\"Running\",\"Running\"]}");
    assertThat(world.cloud.effects())
        .containsExactlyInAnyOrder(
            "StartInstance i-1", "StartInstance i-2", "StartInstance i-3", "StartInstance i-5");
  }

  @Test
  void chosen_items_are_skipped_and_leave_null() {
    world.cloud.instance("i-1", "Stopped").instance("i-3", "Stopped");
    world.run("each", "{\"ids\":[\"i-1\",\"i-2\",\"i-x\",\"i-3\"]}");

    skip("d1", "t0001.0002");
    var ended = world.drive();

    assertThat(ended.status()).isEqualTo("Success");
    assertThat(ended.outputs()).hasToString("{\"all\":[\"Running\",null,null,\"Running\"]}");
  }

  @Test
  void a_task_around_the_failed_one_can_begin_anew_with_new_tokens() {
    world.cloud.instance("i-1", "Stopped");
    world.template("ACS::X::Two", THREE);
    world.template("outer", """
        FormatVersion: OOS-2019-06-01
        Tasks: [{Name: two, Action: 'ACS::X::Two', Properties: {id: i-none}}]
        """);
    world.run("outer", "{}");
    assertThat(world.cloud.count("RunCommand")).isEqualTo(1);

    assertThat(retry("d1", change("id", "i-1"), "t0001").state())
        .isEqualTo(OrderResult.State.ACCEPTED);

    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.count("RunCommand")).isEqualTo(3);
    assertThat(world.taskLines())
        .containsExactly(
            "t0001 two Success",
            "t0001/t0001 first Success",
            "t0001/t0002 start Success",
            "t0001/t0003 last Success");
  }

  @Test
  void a_task_that_did_not_fail_is_not_run_again() {
    world.run("three", "{\"id\":\"i-none\"}");

    assertThat(retry("d1", NONE, "t0001").message())
        .isEqualTo("task t0001 has not failed; failed: [t0002]");
    assertThat(world.view().status()).isEqualTo("Failed");
  }

  @Test
  void a_handler_that_ran_does_not_stand_in_the_way_of_a_retry() {
    world.cloud.instance("i-1", "Stopped");
    world.template("handled", """
        FormatVersion: OOS-2019-06-01
        Parameters: {id: {Type: String}}
        Tasks:
          - {Name: start, Action: ACS::ExecuteAPI, OnError: tell, OnSuccess: ACS::END, Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: '{{ id }}'}}}
          - {Name: tell, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}
        """);
    assertThat(world.run("handled", "{\"id\":\"i-none\"}").status()).isEqualTo("Failed");

    retry("d1", change("id", "i-1"));

    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).containsExactly("RunCommand", "StartInstance i-1");
  }

  @Test
  void a_wait_can_be_skipped_but_not_an_approval() {
    world.template("nap", """
        FormatVersion: OOS-2019-06-01
        Tasks:
          - {Name: nap, Action: ACS::Sleep, Properties: {Duration: 10H}}
          - {Name: ask, Action: ACS::Pause}
        """);
    world.engine().start(world.wish("nap", "{}"));
    world.advance();

    assertThat(skip("d1", "t0001").state()).isEqualTo(OrderResult.State.ACCEPTED);
    var view = world.drive();
    assertThat(view.waitingStatus()).isEqualTo("WaitingForPause");
    assertThat(view.updatedAt()).isEqualTo(world.clock.instant());
    assertThat(skip("d2", "t0002").message()).contains("neither failed nor lets time pass");
  }

  @Test
  void in_failure_pause_mode_a_failure_waits_for_retry_or_skip() {
    world.cloud.instance("i-1", "Stopped");
    var held = world.mode("FailurePause").run("three", "{\"id\":\"i-none\"}");
    assertThat(held.waitingStatus()).isEqualTo("WaitingForFailureDecision");
    assertThat(held.statusMessage()).startsWith("start: ").contains("InvalidInstanceId.NotFound");
    assertThat(world.notices(Notice.FailureHeld.class))
        .extracting(Notice.FailureHeld::task, Notice.FailureHeld::message)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("t0002", held.statusMessage()));

    retry("d1", NONE);
    assertThat(world.drive().waitingStatus()).isEqualTo("WaitingForFailureDecision");
    assertThat(world.notices(Notice.FailureHeld.class)).hasSize(2);
    retry("d2", change("id", "i-1"));

    assertThat(world.drive().status()).isEqualTo("Success");
  }

  @Test
  void in_failure_pause_mode_the_failed_task_inside_a_nested_template_waits() {
    world.cloud.instance("i-1", "Stopped");
    ExecutionView held = world.mode("FailurePause").run("each", "{\"ids\":[\"i-1\",\"i-none\"]}");
    assertThat(held.waitingStatus()).isEqualTo("WaitingForFailureDecision");

    skip("d1", "t0001.0001/t0001");
    var polling = world.drive();
    assertThat(polling.waitingStatus()).isEqualTo("WaitingForFailureDecision");
    skip("d2");

    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.view().outputs()).hasToString("{\"all\":[\"Running\",null]}");
  }

  @Test
  void a_failure_pause_can_be_cancelled() {
    world.mode("FailurePause").run("three", "{\"id\":\"i-none\"}");

    world.engine().cancel(World.ID, World.ANN, "");

    assertThat(world.drive().status()).isEqualTo("Cancelled");
  }

  @Test
  void cancelling_a_paused_execution_ends_it() {
    world.cloud.instance("i-1", "Stopped");
    world.cloud.during(
        "StartInstance", () -> world.engine().pause(World.ID, World.BO, "lunch", "d1"));
    world.run("three", "{\"id\":\"i-1\"}");

    world.engine().cancel(World.ID, World.ANN, "");

    assertThat(world.drive().status()).isEqualTo("Cancelled");
  }
}
