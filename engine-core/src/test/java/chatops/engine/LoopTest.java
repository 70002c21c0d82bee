package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.execution.Decision;
import chatops.engine.testkit.World;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoopTest {
  private static String loop(String rateControl) {
    return """
        FormatVersion: OOS-2019-06-01
        Parameters: {ids: {Type: Json}}
        Tasks:
          - Name: each
            Action: ACS::ExecuteAPI
            Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: '{{ ACS::TaskLoopItem }}'}}
            Outputs: {rid: {Type: String, ValueSelector: Done}}
            Loop:
              Items: '{{ ids }}'
              RateControl: %s
              Outputs: {rids: {AggregateType: Fn::ListJoin, AggregateField: rid}}
        Outputs:
          rids: {Type: List, Value: '{{ each.rids }}'}
          each: {Type: List, Value: '{{ each.rid }}'}
        """.formatted(rateControl);
  }

  private final World world = new World();

  private String ids(int count) {
    IntStream.rangeClosed(1, count).forEach(i -> world.cloud.instance("i-" + i, "Stopped"));
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "\"i-" + i + "\"")
        .collect(Collectors.joining(",", "{\"ids\":[", "]}"));
  }

  @Test
  void failures_up_to_max_errors_are_tolerated_and_leave_null_in_their_place() {
    world.template("t", loop("{Mode: Concurrency, Concurrency: 2, MaxErrors: 1}"));
    String ids = ids(3).replace("\"i-2\"", "\"i-none\"");

    var view = world.run("t", ids);

    assertThat(view.status()).isEqualTo("Success");
    assertThat(view.outputs())
        .hasToString(
            "{\"rids\":[\"StartInstance\",null,\"StartInstance\"],\"each\":[\"StartInstance\",null,\"StartInstance\"]}");
  }

  @Test
  void the_place_of_a_failed_item_is_json_null_to_functions_too() {
    world.template(
        "t",
        loop("{MaxErrors: 1}")
            + "  kinds: {Type: List, Value: {'Fn::Jq': [All, '.[] | type', '{{ each.rid }}']}}\n"
            + "  nulls: {Type: List, Value: {'Fn::Jq': [All, '.[] | . == null', '{{ each.rid }}']}}\n");

    var outputs = world.run("t", ids(2).replace("\"i-2\"", "\"i-none\"")).outputs();

    assertThat(outputs.path("kinds")).hasToString("[\"string\",\"null\"]");
    assertThat(outputs.path("nulls")).hasToString("[false,true]");
  }

  @Test
  void more_failures_than_max_errors_stop_the_loop_and_start_nothing_more() {
    world.template("t", loop("{Mode: Concurrency, Concurrency: 1, MaxErrors: 0}"));
    String ids = ids(4).replace("\"i-2\"", "\"i-none\"");

    var view = world.run("t", ids);

    assertThat(view.status()).isEqualTo("Failed");
    assertThat(view.statusMessage())
        .contains("1 of 4 items failed", "i-none", "InvalidInstanceId.NotFound");
    assertThat(world.cloud.effects()).containsExactly("StartInstance i-1");
    assertThat(world.taskLines())
        .containsExactly("t0001 each Failed", "t0001.0000 each Success", "t0001.0001 each Failed");
  }

  @Test
  void no_items_mean_success_at_once_with_empty_aggregates() {
    world.template("t", loop("{}"));

    var view = world.run("t", "{\"ids\":[]}");

    assertThat(view.status()).isEqualTo("Success");
    assertThat(view.outputs()).hasToString("{\"rids\":[],\"each\":[]}");
  }

  @Test
  void items_that_are_no_list_fail_the_task() {
    world.template("t", loop("{}"));

    var view = world.run("t", "{\"ids\":{\"a\":1}}");

    assertThat(view.status()).isEqualTo("Failed");
    assertThat(view.statusMessage()).contains("Loop.Items: expected a list");
  }

  @Test
  void batches_pause_for_a_person_as_the_option_says() {
    world.template(
        "t",
        loop("{Mode: Batch, Batch: [1, 50%], BatchPauseOption: FirstBatchPause, MaxErrors: 0}"));

    var paused = world.run("t", ids(7));
    assertThat(paused.waitingStatus()).isEqualTo("WaitingForBatch");
    assertThat(world.cloud.effects()).containsExactly("StartInstance i-1");

    world.vote(World.ANN, Decision.APPROVE);
    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).hasSize(7);
  }

  @Test
  void a_rejected_batch_pause_cancels_the_rest() {
    world.template(
        "t", loop("{Mode: Batch, Batch: [2], BatchPauseOption: EveryBatchPause, MaxErrors: 0}"));
    world.run("t", ids(4));

    world.vote(World.BO, Decision.REJECT);

    assertThat(world.drive().status()).isEqualTo("Cancelled");
    assertThat(world.cloud.effects()).hasSize(2);
  }

  @Test
  void a_thousand_items_share_their_commits_and_keep_the_row_small() {
    world.template("t", loop("{Mode: Concurrency, Concurrency: 100, MaxErrors: 0}"));

    var view = world.run("t", ids(1000));

    assertThat(view.status()).isEqualTo("Success");
    assertThat(view.outputs().path("rids")).hasSize(1000);
    assertThat(view.counters().commits()).isLessThan(40);
    assertThat(world.store.load(World.ID).orElseThrow().document()).hasSizeLessThan(64 * 1024);
  }
}
