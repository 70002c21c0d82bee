package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.run.Limits;
import chatops.engine.run.Settings;
import chatops.engine.testkit.World;
import chatops.engine.view.CurrentTask;
import chatops.engine.view.ExecutionView;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Limits of one execution (specification, section 14): each is a setting, and its message says what to do. */
class LimitsTest {
  private static final String CHILD = """
      FormatVersion: OOS-2019-06-01
      Parameters: {text: {Type: String, Default: 0123456789}}
      Tasks: [{Name: nap, Action: ACS::Sleep, Properties: {Duration: 1S}}]
      Outputs: {a: {Type: String, Value: '{{ text }}'}, b: {Type: String, Value: '{{ text }}'}}
      """;
  private static final String LOOP = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - Name: each
          Action: ACS::X::Child
          Properties: {}
          Outputs: {a: {Type: String, ValueSelector: a}}
          Loop: {Items: [1, 2, 3], RateControl: {Concurrency: 3}}
      """;

  private static ExecutionView run(UnaryOperator<Limits> limit) {
    return new World()
        .settings(Settings.defaults().withLimits(limit.apply(Limits.defaults())))
        .template("ACS::X::Child", CHILD)
        .template("t", LOOP)
        .run("t", "{}");
  }

  @Test
  void each_limit_fails_what_exceeds_it_and_nothing_else() {
    assertThat(run(l -> l).status()).isEqualTo("Success");
    assertThat(run(l -> l.withNesting(1)).status()).isEqualTo("Success");
    assertThat(run(l -> l.withNesting(0)).statusMessage()).contains("nest more than 0 deep");
    assertThat(run(l -> l.withItems(2)).statusMessage())
        .contains("at most 2 items are possible, found 3");
    assertThat(run(l -> l.withFrames(2)).statusMessage())
        .contains("at most 2 nested templates and iterations");
    assertThat(run(l -> l.withFrames(3)).status()).isEqualTo("Success");
    assertThat(run(l -> l.withValue(11)).statusMessage())
        .contains("output a has more than 11 characters");
    assertThat(run(l -> l.withOutputs(23)).statusMessage())
        .contains("the outputs have more than 23 characters together");
    assertThat(run(l -> l.withOutputs(24)).status()).isEqualTo("Success");
  }

  @Test
  void the_innermost_tasks_that_run_are_the_current_ones() {
    World world = new World()
        .template("ACS::X::Child", CHILD.replace("1S", "1H"))
        .template("t", LOOP.replace("Concurrency: 3", "Concurrency: 2"));
    world.engine().start(world.wish("t", "{}"));
    world.advance();

    assertThat(world.view().currentTasks())
        .containsExactly(
            new CurrentTask("t0001.0000/t0001", "nap", "ACS::Sleep"),
            new CurrentTask("t0001.0001/t0001", "nap", "ACS::Sleep"));
  }
}
