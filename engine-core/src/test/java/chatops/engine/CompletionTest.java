package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.testkit.World;
import chatops.engine.view.ExecutionView;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a refused completion of a lifecycle action means is read from the scaling activity. */
class CompletionTest {
  private static final String INVALID = "LifecycleHookIdAndLifecycleActionToken.Invalid";
  private static final String COMPLETE = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - Name: complete
          Action: ACS::ExecuteAPI
          Properties:
            Service: ESS
            API: CompleteLifecycleAction
            Parameters: {LifecycleHookId: ash-1, LifecycleActionToken: T, LifecycleActionResult: CONTINUE}
      """;

  private final World world = new World().template("complete", COMPLETE);

  private ExecutionView run(String activity) {
    StartExecution plain = world.wish("complete", "{}");
    world
        .engine()
        .start(new StartExecution(
            plain.id(),
            plain.template(),
            "",
            plain.parameters(),
            plain.startedBy(),
            "",
            activity.isEmpty() ? Map.of() : Map.of("scalingActivityId", activity),
            plain.regionId(),
            ""));
    return world.drive();
  }

  private static ObjectNode answer() {
    return JsonNodeFactory.instance.objectNode();
  }

  private void stands(String status, String result) {
    ObjectNode seen = answer();
    seen.putObject("LifecycleActions")
        .putArray("LifecycleAction")
        .addObject()
        .put("LifecycleActionToken", "T")
        .put("LifecycleActionStatus", status)
        .put("LifecycleActionResult", result);
    world.cloud.script("ESS.DescribeLifecycleActions", List.of(seen));
  }

  @Test
  void a_completion_whose_answer_was_lost_is_recognised() {
    world.cloud.script(
        "ESS.CompleteLifecycleAction",
        List.of(answer().put("$lost", true), answer().put("Code", INVALID)));
    stands("Completed", "CONTINUE");

    assertThat(run("asa-1").status()).isEqualTo("Success");
    assertThat(world.cloud.count("ESS.CompleteLifecycleAction")).isEqualTo(1);
  }

  @Test
  void a_hook_that_timed_out_before_fails_the_task_and_says_so() {
    world.cloud.script("ESS.CompleteLifecycleAction", List.of(answer().put("Code", INVALID)));
    stands("Timeout", "CONTINUE");

    ExecutionView view = run("asa-1");

    assertThat(view.status()).isEqualTo("Failed");
    assertThat(view.statusMessage())
        .contains(INVALID)
        .contains("the hook timed out before and its default result CONTINUE was applied");
  }

  @Test
  void a_timeout_is_not_taken_for_our_own_completion_even_after_a_lost_call() {
    world.cloud.loseCall("CompleteLifecycleAction");
    world.cloud.script("ESS.CompleteLifecycleAction", List.of(answer().put("Code", INVALID)));
    stands("Timeout", "ABANDON");

    assertThat(run("asa-1").status()).isEqualTo("Failed");
  }

  @Test
  void what_somebody_completed_otherwise_is_said() {
    world.cloud.script("ESS.CompleteLifecycleAction", List.of(answer().put("Code", INVALID)));
    stands("Completed", "ABANDON");

    assertThat(run("asa-1").statusMessage()).contains("completed with ABANDON before");
  }

  @Test
  void where_the_activity_cannot_be_read_an_earlier_try_is_believed_and_a_first_one_is_not() {
    world.cloud.script(
        "ESS.CompleteLifecycleAction",
        List.of(answer().put("$lost", true), answer().put("Code", INVALID)));
    world.cloud.script(
        "ESS.DescribeLifecycleActions", List.of(answer().put("Code", "Forbidden.RAM")));

    assertThat(run("asa-1").status()).isEqualTo("Success");
  }

  @Test
  void without_an_activity_the_refusal_stands() {
    world.cloud.script("ESS.CompleteLifecycleAction", List.of(answer().put("Code", INVALID)));

    assertThat(run("").statusMessage()).contains(INVALID);
  }
}
