package chatops.engine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.view.ExecutionView;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A loop of many items with large outputs, and what it wrote. */
public final class LongLoop {
  public static final int ITEMS = 1_000;
  /** Bytes of each item's output. */
  public static final int OUTPUT = 4 * 1024;

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

  private LongLoop() {}

  /** Plays it to its end. */
  public static ExecutionView run(World world, String api) {
    world.template("t", EACH.formatted(api));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("Text", "x".repeat(OUTPUT));
    world.cloud.script("ECS." + api, List.of(answer));
    return world.run("t", "{\"count\": " + ITEMS + "}");
  }

  /** That it succeeded with all outputs. */
  public static void check(ExecutionView view) {
    assertThat(view.status()).as(view.statusMessage()).isEqualTo("Success");
    assertThat(view.outputs().path("count").asInt()).isEqualTo(ITEMS);
    assertThat(view.outputs().path("first").asText()).hasSize(OUTPUT);
  }

  public static String figures(String api, WeighedStore w) {
    return String.format(
        "%d items of 4 KB by %s: %d commits, %d row writes (most in one commit %d), %d log lines; "
            + "largest execution row %d bytes, task row %d; bytes per item: %d in task rows, %d in blobs, %d in execution rows, %d in audit rows",
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
  }
}
