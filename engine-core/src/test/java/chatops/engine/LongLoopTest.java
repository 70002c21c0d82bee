package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.store.memory.InMemoryExecutionStore;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.WeighedStore;
import chatops.engine.testkit.World;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a large loop writes. */
class LongLoopTest {
  private static final int ITEMS = 1_000;
  private static final int OUTPUT = 4 * 1024;

  private static final String EACH = """
      FormatVersion: OOS-2019-06-01
      Parameters: {count: {Type: Number}}
      Tasks:
        - Name: each
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: %s, Risk: Normal, Parameters: {Number: '{{ ACS::TaskLoopItem }}'}}
          Outputs: {text: {Type: String, ValueSelector: .Text}}
          Loop:
            Items: {'Fn::Jq': [First, '[range({{ count }})]', '{}']}
            RateControl: {Mode: Concurrency, Concurrency: 100, MaxErrors: 0}
            Outputs: {texts: {AggregateType: 'Fn::ListJoin', AggregateField: text}}
      Outputs:
        first: {Type: String, Value: {'Fn::Select': [0, '{{ each.texts }}']}}
        count: {Type: Number, Value: {'Fn::Jq': [First, 'length', '{{ each.texts }}']}}
      """;

  private final WeighedStore[] store = {null};
  private final World world = new World(new Boundaries(), clock -> {
    store[0] = new WeighedStore(new InMemoryExecutionStore(clock, (row, applied) -> {}));
    return store[0];
  });

  @ParameterizedTest
  @CsvSource({"DescribeThings,10,1010", "StartInstances,40,2700", "DeleteThings,40,2700"})
  void a_thousand_items_with_large_outputs_share_commits_and_keep_the_row_small(
      String api, int commits, int rows) {
    world.template("t", EACH.formatted(api));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("Text", "x".repeat(OUTPUT));
    world.cloud.script("ECS." + api, List.of(answer));

    var view = world.run("t", "{\"count\": " + ITEMS + "}");

    WeighedStore w = store[0];
    System.out.printf(
        "loop: %d items of 4 KB by %s: %d commits, %d row writes (most in one commit %d), %d log lines; "
            + "largest execution row %d bytes, task row %d; bytes per item: %d in task rows, %d in blobs, %d in execution rows, %d in audit rows%n",
        ITEMS,
        api,
        w.commits,
        w.rows,
        w.mostRows,
        w.logLines,
        w.largestExecution,
        w.largestTask,
        w.taskBytes / ITEMS,
        w.blobBytes / ITEMS,
        w.executionBytes / ITEMS,
        w.auditBytes / ITEMS);
    assertThat(view.status()).as(view.statusMessage()).isEqualTo("Success");
    assertThat(view.outputs().path("count").asInt()).isEqualTo(ITEMS);
    assertThat(view.outputs().path("first").asText()).hasSize(OUTPUT);
    // at every commit
    assertThat(w.largestExecution).isLessThanOrEqualTo(64 * 1024);
    assertThat(w.commits).isLessThanOrEqualTo(commits);
    assertThat(w.rows).isLessThanOrEqualTo(rows);
    assertThat(w.taskWrites.values()).allSatisfy(n -> assertThat(n).isLessThanOrEqualTo(3));
    // its outputs once in its row, once in the aggregate, and what else a row holds
    assertThat((w.taskBytes + w.blobBytes + w.executionBytes) / ITEMS)
        .isLessThan(2 * OUTPUT + 2_500);
    // a call and what came of it
    assertThat(w.auditBytes / ITEMS).isLessThan(700);
  }
}
