package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.engine.run.Settings;
import chatops.engine.testkit.World;
import chatops.engine.testkit.Yaml;
import org.junit.jupiter.api.Test;

class FlowTest {
  private static String template(String tasks) {
    return "FormatVersion: OOS-2019-06-01\nTasks:\n" + tasks.indent(2);
  }

  private static final String WORK = """
      - Name: work
        Action: ACS::ExecuteAPI
        Properties: {Service: ECS, API: StartInstance, Parameters: {InstanceId: i-none}}
        OnError: tidy
        OnSuccess: ACS::END
      - Name: tidy
        Action: ACS::ExecuteAPI
        Properties: {Service: ECS, API: RunCommand}
      """;

  private final World world = new World();

  @Test
  void a_handled_error_leads_through_its_handler_and_still_fails_the_execution() {
    world.template("t", template(WORK));

    var view = world.run("t", "{}");

    assertThat(world.taskLines()).containsExactly("t0001 work Failed", "t0002 tidy Success");
    assertThat(view.status()).isEqualTo("Failed");
    assertThat(view.statusMessage()).startsWith("work: ");
  }

  @Test
  void a_handled_error_of_a_product_action_is_a_success_for_its_caller() {
    world.template("t", template("- {Name: act, Action: 'ACS::X::Act'}"));
    world.template("ACS::X::Act", template(WORK));

    assertThat(world.run("t", "{}").status()).isEqualTo("Success");
    assertThat(world.taskLines())
        .containsExactly(
            "t0001 act Success", "t0001/t0001 work Failed", "t0001/t0002 tidy Success");
  }

  @Test
  void a_handled_error_can_be_made_a_success_everywhere() {
    world.settings(Settings.defaults().withHandledError(Settings.HandledError.SUCCESS));
    world.template("t", template(WORK));

    assertThat(world.run("t", "{}").status()).isEqualTo("Success");
  }

  @Test
  void a_failure_that_is_not_critical_does_not_fail_the_execution() {
    world.template(
        "t", template(WORK.replace("OnError: tidy", "OnError: tidy\n  IsCritical: false")));

    assertThat(world.run("t", "{}").status()).isEqualTo("Success");
  }

  @Test
  void an_error_without_a_handler_ends_at_once_and_names_task_and_reason() {
    world.template("t", template(WORK.replace("OnError: tidy", "OnError: ACS::END")));

    var view = world.run("t", "{}");

    assertThat(view.status()).isEqualTo("Failed");
    assertThat(world.taskLines()).containsExactly("t0001 work Failed");
    assertThat(view.statusMessage()).contains("InvalidInstanceId.NotFound");
  }

  @Test
  void a_task_whose_condition_is_false_is_skipped_and_its_outputs_are_null() {
    world.template(
        "t", template("""
                - Name: skipped
                  Action: ACS::ExecuteAPI
                  When: {'Fn::Equals': [1, 2]}
                  Properties: {Service: ECS, API: RunCommand}
                  Outputs: {id: {Type: String, ValueSelector: InvokeId}}
                - Name: fork
                  Action: ACS::Choice
                  Properties:
                    DefaultTask: ACS::END
                    Choices: [{When: {'Fn::Equals': ['{{ skipped.id }}', null]}, NextTask: nap}]
                - {Name: never, Action: ACS::Sleep, Properties: {Duration: 1S}}
                - {Name: nap, Action: ACS::Sleep, Properties: {Duration: 1H}}
                """) + "Outputs:\n  id: {Type: String, Value: '{{ skipped.id }}'}\n");

    var view = world.run("t", "{}");

    assertThat(view.status()).isEqualTo("Success");
    assertThat(view.outputs()).hasToString("{\"id\":null}");
    assertThat(world.taskLines())
        .containsExactly("t0001 skipped Skipped", "t0002 fork Success", "t0003 nap Success");
    assertThat(world.wakes()).isNotEmpty();
  }

  @Test
  void a_nested_template_gives_its_outputs_and_its_own_execution_id() {
    world.template(
        "t", template("""
                - Name: sub
                  Action: ACS::Template
                  Properties: {TemplateName: child, Parameters: {word: hello, unknown: 1}}
                  Outputs: {said: {Type: String, ValueSelector: said}}
                """) + "Outputs:\n  said: {Type: String, Value: '{{ sub.said }}'}\n");
    world.template("child", """
        FormatVersion: OOS-2019-06-01
        Parameters: {word: {Type: String}}
        Tasks: [{Name: nap, Action: ACS::Sleep, Properties: {Duration: 5S}}]
        Outputs: {said: {Type: String, Value: '{{ word }} {{ ACS::ExecutionId }}'}}
        """);

    assertThat(world.run("t", "{}").outputs())
        .hasToString("{\"said\":\"hello exec-1f2e3d4c5b6a.t0001\"}");
  }

  @Test
  void a_template_that_cannot_run_is_refused_before_anything_is_written() {
    world.template(
        "repo",
        template(
            "- {Name: t, Action: ACS::GitCodeRepo, Properties: {Platform: github, Owner: o, Repository: r}}"));
    world.template("calls", template("- {Name: c, Action: 'ACS::No::Such'}"));
    world.template("start", Yaml.START);

    assertThatThrownBy(() -> world.run("repo", "{}"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("ACS::GitCodeRepo is not supported");
    assertThatThrownBy(() -> world.run("calls", "{}"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no action is called ACS::No::Such");
    assertThatThrownBy(() -> world.run("none", "{}"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no template is called 'none'");
    assertThatThrownBy(() -> world.run("start", "{\"nonsense\":1}"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("nonsense")
        .hasMessageContaining("instanceId");
    assertThat(world.store.load(World.ID)).isEmpty();
  }

  @Test
  void a_second_delivery_of_the_same_start_changes_nothing() {
    world.cloud.instance("i-1", "Stopped");
    world.template("start", Yaml.START);
    var wish = world.wish("start", "{\"instanceId\":\"i-1\"}");

    assertThat(world.engine().start(wish)).isEqualTo(Started.CREATED);
    assertThat(world.engine().start(wish)).isEqualTo(Started.ALREADY_THERE);
    world.drive();
    assertThat(world.engine().start(wish)).isEqualTo(Started.ALREADY_THERE);

    assertThat(world.cloud.effects()).containsExactly("StartInstance i-1");
  }

  @Test
  void a_template_that_changes_meanwhile_does_not_change_what_runs() {
    world.cloud.instance("i-1", "Running");
    world.template("bulk", Yaml.BULK_REBOOT).template("ACS::ECS::RebootInstance", Yaml.REBOOT);
    world.run("bulk", "{\"ids\":[\"i-1\"]}");

    world.template("bulk", Yaml.START);
    world.restart();
    world.vote(World.BO, chatops.engine.execution.Decision.APPROVE);

    assertThat(world.drive().status()).isEqualTo("Success");
    assertThat(world.cloud.effects()).containsExactly("RebootInstance i-1");
  }

  @Test
  void a_template_that_jumps_backwards_for_ever_is_stopped() {
    world.template("t", template("""
            - {Name: a, Action: ACS::Choice, Properties: {DefaultTask: b, Choices: []}}
            - {Name: b, Action: ACS::Choice, Properties: {DefaultTask: a, Choices: []}}
            """));

    var view = world.run("t", "{}");

    assertThat(view.status()).isEqualTo("Failed");
    assertThat(view.statusMessage()).contains("more than 1000 task starts");
  }
}
