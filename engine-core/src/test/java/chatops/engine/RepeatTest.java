package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.execution.Decision;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ACS::Loop: several tasks for each item (specification 5.5). */
class RepeatTest {
  private static final String REPEAT = """
      FormatVersion: OOS-2019-06-01
      Parameters: {ids: {Type: Json}, word: {Type: String, Default: w}}
      Tasks:
        - {Name: before, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}, Outputs: {id: {Type: String, ValueSelector: InvokeId}}}
        - Name: many
          Action: ACS::Loop
          Properties:
            LoopItems: '{{ ids }}'
            LoopRateControl: {Mode: Concurrency, Concurrency: 2, MaxErrors: 1}
            LoopTasks:
              - {Name: start, Action: 'ACS::X::Start', Properties: {instanceId: '{{ ACS::TaskLoopItem }}'}, Outputs: {status: {Type: String, ValueSelector: status}}}
              - Name: note
                Action: ACS::Template
                Properties: {TemplateName: echo, Parameters: {text: '{{ word }} {{ ACS::TaskLoopItem }} {{ start.status }} {{ before.id }} {{ ACS::ExecutionId }}'}}
                Outputs: {said: {Type: String, ValueSelector: said}}
          Outputs:
            said: {Type: String, ValueSelector: '{{ note.said }}'}
            state: {Type: String, ValueSelector: '{{ start.status }}'}
      Outputs:
        said: {Type: List, Value: '{{ many.said }}'}
        state: {Type: List, Value: '{{ many.state }}'}
      """;
  private static final String ECHO = """
      FormatVersion: OOS-2019-06-01
      Parameters: {text: {Type: String}}
      Tasks: [{Name: nap, Action: ACS::Sleep, Properties: {Duration: 1S}}]
      Outputs: {said: {Type: String, Value: '{{ text }}'}}
      """;

  private final World world = new World()
      .template("repeat", REPEAT)
      .template("echo", ECHO)
      .template("ACS::X::Start", Yaml.START);

  private static String template(String tasks) {
    return "FormatVersion: OOS-2019-06-01\nTasks:\n" + tasks.indent(2);
  }

  @Test
  void each_iteration_reads_its_own_tasks_and_those_around_it() {
    world.cloud.instance("i-1", "Stopped").instance("i-2", "Stopped").instance("i-3", "Stopped");

    var view = world.run("repeat", "{\"ids\":[\"i-1\",\"i-2\",\"i-3\"]}");

    assertThat(view.status()).as(view.statusMessage()).isEqualTo("Success");
    assertThat(view.outputs().path("state")).hasToString("[\"Running\",\"Running\",\"Running\"]");
    assertThat(view.outputs().path("said"))
        .extracting(said -> said.asText())
        .containsExactly(
            "w i-1 Running t-1 exec-1f2e3d4c5b6a.t0002.0000",
            "w i-2 Running t-1 exec-1f2e3d4c5b6a.t0002.0001",
            "w i-3 Running t-1 exec-1f2e3d4c5b6a.t0002.0002");
    assertThat(world.taskLines())
        .contains(
            "t0002.0001 many Success",
            "t0002.0001/t0001 start Success",
            "t0002.0001/t0002 note Success");
  }

  @Test
  void a_failed_iteration_within_max_errors_leaves_null() {
    world.cloud.instance("i-1", "Stopped").instance("i-3", "Stopped");

    var view = world.run("repeat", "{\"ids\":[\"i-1\",\"i-none\",\"i-3\"]}");

    assertThat(view.status()).isEqualTo("Success");
    assertThat(view.outputs().path("state")).hasToString("[\"Running\",null,\"Running\"]");
  }

  @Test
  void no_items_give_empty_outputs() {
    assertThat(world.run("repeat", "{\"ids\":[]}").outputs())
        .hasToString("{\"said\":[],\"state\":[]}");
  }

  @Test
  void an_iteration_fails_alone_and_is_retried_alone() {
    world.cloud.instance("i-1", "Stopped");
    world.run("repeat", "{\"ids\":[\"i-1\",\"i-2\",\"i-3\"]}");
    assertThat(world.view().status()).isEqualTo("Failed");
    world.cloud.instance("i-2", "Stopped").instance("i-3", "Stopped");

    world.engine().retry(World.ID, List.of(), JsonNodeFactory.instance.objectNode(), World.BO, "d");

    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.count("StartInstance")).isEqualTo(3);
    assertThat(world.cloud.count("RunCommand")).isEqualTo(1);
  }

  @Test
  void loops_inside_loops_see_the_nearest_item_and_the_tasks_of_all_loops_around() {
    world.template("nested", """
        FormatVersion: OOS-2019-06-01
        Tasks:
          - Name: outer
            Action: ACS::Loop
            Properties:
              LoopItems: [[1, 2], [3]]
              LoopTasks:
                - {Name: say, Action: ACS::Template, Properties: {TemplateName: echo, Parameters: {text: '{{ ACS::TaskLoopItem }}'}}, Outputs: {said: {Type: String, ValueSelector: said}}}
                - Name: inner
                  Action: ACS::Loop
                  Properties:
                    LoopItems: '{{ ACS::TaskLoopItem }}'
                    LoopTasks:
                      - {Name: echo, Action: ACS::Template, Properties: {TemplateName: echo, Parameters: {text: '{{ say.said }}:{{ ACS::TaskLoopItem }}'}}, Outputs: {said: {Type: String, ValueSelector: said}}}
                  Outputs: {said: {Type: String, ValueSelector: '{{ echo.said }}'}}
            Outputs: {all: {Type: Json, ValueSelector: '{{ inner.said }}'}}
        Outputs: {all: {Type: List, Value: '{{ outer.all }}'}}
        """);

    var view = world.run("nested", "{}");

    assertThat(view.statusMessage()).isEmpty();
    assertThat(view.outputs()).hasToString("{\"all\":[[\"[1,2]:1\",\"[1,2]:2\"],[\"[3]:3\"]]}");
  }

  @Test
  void jumps_and_conditions_stay_inside_an_iteration() {
    world.template("t", template("""
        - Name: many
          Action: ACS::Loop
          Properties:
            LoopItems: [a, b]
            LoopTasks:
              - {Name: fork, Action: ACS::Choice, Properties: {DefaultTask: ACS::END, Choices: [{When: {'Fn::Equals': [a, '{{ ACS::TaskLoopItem }}']}, NextTask: act}]}}
              - {Name: no, Action: ACS::Sleep, Properties: {Duration: 1S}}
              - {Name: act, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}
        """));

    assertThat(world.run("t", "{}").status()).isEqualTo("Success");
    assertThat(world.taskLines())
        .containsExactly(
            "t0001 many Success",
            "t0001.0000 many Success",
            "t0001.0000/t0001 fork Success",
            "t0001.0000/t0002 act Success",
            "t0001.0001 many Success",
            "t0001.0001/t0001 fork Success");
  }

  private static final String CLEAN = """
      - {Name: nap, Action: ACS::Sleep, OnCancel: clean, OnSuccess: ACS::END, Properties: {Duration: 1H}}
      - {Name: clean, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}
      """;

  @Test
  void cancelling_runs_the_on_cancel_paths_of_nested_frames_too_the_inner_ones_first() {
    world.template("inner", template(CLEAN));
    world.template("t", template("""
        - Name: many
          Action: ACS::Template
          OnCancel: tidy
          OnSuccess: ACS::END
          Properties: {TemplateName: inner}
          Loop: {Items: [1, 2, 3], RateControl: {Concurrency: 2}}
        - {Name: tidy, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}
        """));
    world.engine().start(world.wish("t", "{}"));
    world.advance();

    world.engine().cancel(World.ID, World.ANN, "stop");
    var view = world.drive();

    assertThat(view.status()).isEqualTo("Cancelled");
    assertThat(view.statusMessage()).contains("cancelled by ann: stop");
    assertThat(world.taskLines())
        .containsExactly(
            "t0001 many Cancelled",
            "t0001.0000 many Cancelled",
            "t0001.0000/t0001 nap Cancelled",
            "t0001.0000/t0002 clean Success",
            "t0001.0001 many Cancelled",
            "t0001.0001/t0001 nap Cancelled",
            "t0001.0001/t0002 clean Success",
            "t0002 tidy Success");
    assertThat(world.cloud.effects()).hasSize(3);
  }

  @Test
  void a_cancel_before_the_first_task_or_between_two_starts_nothing() {
    world.template(
        "t",
        template(
            "- {Name: a, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}"));
    world.engine().start(world.wish("t", "{}"));
    world.engine().cancel(World.ID, World.ANN, "");
    assertThat(world.drive().status()).isEqualTo("Cancelled");
    assertThat(world.taskLines()).isEmpty();

    World other = new World().template("t", template("""
        - {Name: a, Action: ACS::Sleep, Properties: {Duration: 1H}}
        - {Name: b, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}
        """));
    other.engine().start(other.wish("t", "{}"));
    other.advance();
    other.engine().pause(World.ID, World.BO, "", "d");
    other.clock.advance(java.time.Duration.ofHours(2));
    assertThat(other.drive().waitingStatus()).isEqualTo("WaitingForPause");
    other.engine().cancel(World.ID, World.ANN, "");
    assertThat(other.drive().status()).isEqualTo("Cancelled");
    assertThat(other.taskLines()).containsExactly("t0001 a Success");
  }

  @Test
  void a_rejection_inside_a_nested_template_follows_its_on_cancel_path_and_cancels() {
    world.template("inner", template("""
        - {Name: ask, Action: ACS::Pause, OnCancel: clean, OnSuccess: ACS::END}
        - {Name: clean, Action: ACS::ExecuteAPI, Properties: {Service: ECS, API: RunCommand}}
        """));
    world.template(
        "t", template("- {Name: n, Action: ACS::Template, Properties: {TemplateName: inner}}"));
    world.run("t", "{}");

    world.vote(World.BO, Decision.REJECT);

    assertThat(world.drive().status()).isEqualTo("Cancelled");
    assertThat(world.cloud.effects()).hasSize(1);
  }
}
