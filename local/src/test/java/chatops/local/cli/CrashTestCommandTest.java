package chatops.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTestCommandTest {
  private static final String SMALL = """
      FormatVersion: OOS-2019-06-01
      Tasks:
        - Name: command
          Action: ACS::ExecuteAPI
          Properties: {Service: ECS, API: RunCommand, Parameters: {Type: RunShellScript, CommandContent: ls, InstanceIds: [i-1]}}
          Outputs: {id: {Type: String, ValueSelector: InvokeId}}
      Outputs: {id: {Type: String, Value: '{{ command.id }}'}}
      """;

  @TempDir
  private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path template;

  @BeforeEach
  void write() throws IOException {
    template = Files.writeString(folder.resolve("small.yml"), SMALL);
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    return Chatops.run(
        arguments,
        Map.of(),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_template_that_launches_an_instance_gets_the_same_one_wherever_it_is_cut()
      throws IOException {
    Path launch = Files.writeString(folder.resolve("launch.yml"), """
        FormatVersion: OOS-2019-06-01
        Tasks:
          - {Name: look, Action: 'ACS::ExecuteAPI', Properties: {Service: ECS, API: DescribeVSwitches}}
          - Name: launch
            Action: ACS::ExecuteAPI
            Properties: {Service: ECS, API: RunInstances, Parameters: {ImageId: m-1, InstanceType: ecs.g7.large}}
            Outputs: {id: {Type: String, ValueSelector: 'InstanceIdSets.InstanceIdSet[0]'}}
          - Name: up
            Action: ACS::WaitFor
            Properties: {Service: ECS, API: DescribeInstances, Parameters: {InstanceIds: ['{{ launch.id }}']}, PropertySelector: 'Instances.Instance[].Status', DesiredValues: [Running]}
        Outputs: {id: {Type: String, Value: '{{ launch.id }}'}}
        """);

    assertThat(run("crash-test", launch.toString(), "--double", "20"))
        .as(printed() + err)
        .isZero();
  }

  @Test
  void what_starts_later_may_say_a_later_time() throws IOException {
    Path timed = Files.writeString(folder.resolve("timed.yml"), """
        FormatVersion: OOS-2019-06-01
        Tasks:
          - {Name: look, Action: 'ACS::ExecuteAPI', Properties: {Service: ECS, API: DescribeVSwitches}}
          - Name: tell
            Action: ACS::Notify
            Properties:
              NotifyType: WebHook
              WebHook: {URI: 'https://example.com/hook', Content: {text: 'at {{ ACS::CurrentUTCTime }}'}}
        """);

    assertThat(run("crash-test", timed.toString(), "--double", "20"))
        .as(printed() + err)
        .isZero();
    assertThat(printed()).contains("Success");
  }

  @Test
  void two_tasks_that_ask_the_same_are_told_the_same_whichever_of_them_asks_once_more()
      throws IOException {
    Files.writeString(folder.resolve("child.yml"), """
        FormatVersion: OOS-2019-06-01
        Parameters: {instance: {Type: String}}
        Tasks:
          - {Name: look, Action: 'ACS::ExecuteAPI', Properties: {Service: ECS, API: DescribeInstances, Parameters: {InstanceIds: ['{{ instance }}']}}}
          - Name: command
            Action: ACS::ExecuteAPI
            Properties: {Service: ECS, API: RunCommand, Parameters: {Type: RunShellScript, CommandContent: ls, InstanceIds: ['{{ instance }}']}}
            Outputs: {id: {Type: String, ValueSelector: InvokeId}}
          - {Name: done, Action: 'ACS::WaitFor', Properties: {Service: ECS, API: DescribeInvocations, Parameters: {InvokeId: '{{ command.id }}'}, PropertySelector: 'Invocations.Invocation[].InvokeStatus', DesiredValues: [Finished]}}
          - Name: read
            Action: ACS::ExecuteAPI
            Properties: {Service: ECS, API: DescribeInvocationResults, Parameters: {InvokeId: '{{ command.id }}'}}
            Outputs: {text: {Type: String, ValueSelector: 'Invocation.InvocationResults.InvocationResult[].Output'}}
          - {Name: check, Action: 'ACS::CheckFor', Properties: {Service: ECS, API: DescribeInvocationResults, Parameters: {InvokeId: '{{ command.id }}'}, PropertySelector: 'Invocation.InvocationResults.InvocationResult[].ExitCode', DesiredValues: [0]}}
        Outputs: {text: {Type: String, Value: '{{ read.text }}'}}
        """);
    Path parent = Files.writeString(folder.resolve("parent.yml"), """
        FormatVersion: OOS-2019-06-01
        Tasks:
          - Name: each
            Action: child
            Properties: {instance: '{{ ACS::TaskLoopItem }}'}
            Loop: {Items: [i-1, i-2], RateControl: {Mode: Concurrency, Concurrency: 2, MaxErrors: 0}}
            Outputs: {text: {Type: String, ValueSelector: text}}
        Outputs: {texts: {Type: List, Value: '{{ each.text }}'}}
        """);

    String[] arguments = {
      "crash-test",
      parent.toString(),
      "--catalog",
      folder.toString(),
      "--double",
      "80",
      "--seed",
      "5"
    };
    assertThat(run(arguments)).as(printed() + err).isZero();
  }

  @Test
  void the_last_line_counts_and_the_same_seed_repeats_the_run() {
    int status = run("crash-test", template.toString(), "--double", "9", "--seed", "5");
    String first = printed();

    assertThat(status).isZero();
    assertThat(first.lines().reduce((a, b) -> b).orElse(""))
        .matches(
            "crash-test: 1 templates, [1-9]\\d* cuts, [1-9] double cuts, 0 parked, 0 violations");
    run("crash-test", template.toString(), "--double", "9", "--seed", "5");
    assertThat(printed()).isEqualTo(first);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("[1] ");
  }

  @Test
  void json_is_one_object_per_template_and_the_count_goes_to_standard_error() {
    run("crash-test", template.toString(), "--double", "0", "--json");

    assertThat(printed().strip())
        .startsWith("{\"file\":")
        .contains("\"status\":\"Success\"", "\"doubleCuts\":0", "\"violations\":[]")
        .doesNotContain("\n");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("crash-test: 1 templates, ");
  }

  @Test
  void what_cannot_run_is_an_error_that_says_why() throws IOException {
    Path wrong = Files.writeString(
        folder.resolve("wrong.yml"), "FormatVersion: OOS-2019-06-01\nTasks: []\n");

    assertThat(run("crash-test", wrong.toString())).isEqualTo(1);
    assertThat(printed()).contains("wrong.yml: Refused, 0 cuts");
    assertThat(run("crash-test", folder.resolve("none.yml").toString())).isEqualTo(2);
    assertThat(run("crash-test", template.toString(), "--double", "-1")).isEqualTo(2);
  }
}
