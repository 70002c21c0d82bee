package chatops.execution;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.Language;
import chatops.chat.handover.HandOver;
import chatops.cloudsim.ecs.InstanceSpec;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts as Execution starts them: those of the team for whoever may run them, others only for whoever may do that by name. */
class ScriptCommandsTest {
  private static final String SCRIPTS = """
      scripts:
        greet:
          run: echo "hello $who"
          parameters: {who: {pattern: "a*"}, how: {default: kindly}}
          timeout: 90s
          dir: /opt
          user: deploy
        both: {run: echo both}
      """;

  @RegisterExtension
  final Account account = Account.deployed();

  private String instance = "";

  @BeforeEach
  void deploy() throws Exception {
    account.configure("rights:\n", SCRIPTS + "rights:\n");
    account.restart();
    instance = account.cloud.fleet().launch(InstanceSpec.named("web-01"));
  }

  private HandOver.Run ann(String line) {
    String[] words = line.replace("HERE", instance).split(" ");
    return account.command(
        Account.ANN, Language.EN, words[0], words[1], Arrays.copyOfRange(words, 2, words.length));
  }

  private String answer(HandOver.Run run) throws Exception {
    account.send(run);
    List<JsonNode> answers = account.answers(run);
    return answers.get(answers.size() - 1).toString();
  }

  private Map<String, String> command() {
    return account.cloud.log().of("Ecs", "RunCommand").get(0).parameters();
  }

  @Test
  void a_script_of_the_team_runs_as_it_is_configured_and_its_values_are_data() throws Exception {
    account.send(ann("ecs run greet on HERE who=a$(id)'\""));

    Eventually.is(() -> !account.cloud.log().of("Ecs", "RunCommand").isEmpty());
    assertThat(command())
        .containsEntry("Timeout", "90")
        .containsEntry("WorkingDir", "/opt")
        .containsEntry("Username", "deploy")
        .containsEntry("EnableParameter", "true");
    assertThat(command().toString()).doesNotContain("$(id)");
  }

  @ParameterizedTest
  @CsvSource({
    "ecs run none on HERE,              'greet, both'",
    "ecs run greet on HERE,             who",
    "ecs run greet on HERE who=b,       a*",
    "ecs run greet on HERE who=a x=1,   'who, how'",
    "ecs run both V2 on HERE,           both V2",
  })
  void what_is_wrong_with_a_request_is_told_and_nothing_runs(String line, String said)
      throws Exception {
    assertThat(answer(ann(line))).contains(said);
    assertThat(account.cloud.log().of("Ecs", "RunCommand")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2m, 120", "'', 90"})
  void the_timeout_is_the_commands_else_the_scripts(String given, String seconds) throws Exception {
    HandOver.Run run = ann("ecs run greet on HERE who=a");
    account.send(given.isEmpty() ? run : account.withOption(run, "timeout", given));

    Eventually.is(() -> !account.cloud.log().of("Ecs", "RunCommand").isEmpty());
    assertThat(command()).containsEntry("Timeout", seconds);
  }

  @Test
  void a_timeout_that_is_none_is_told() throws Exception {
    assertThat(answer(account.withOption(ann("ecs run both on HERE"), "timeout", "1s")))
        .contains("1s");
    assertThat(account.cloud.log().of("Ecs", "RunCommand")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ecs script HERE",
        "oos run ECS-RunCommand targets=HERE commandContent=id",
        "oos run ecs-runcommand targets=HERE commandContent=id",
        "oos run ACS::ECS::RunCommand instanceId=HERE commandContent=id",
        "oos run ACS::ECS::RunExtensionScript instanceId=HERE extension=x step={\"commandContent\":\"id\"}",
        "oos run ESS-LifecycleWork template=ACS::ECS::RunCommand items=[\"HERE\"] parameters={\"instanceId\":\"HERE\",\"commandContent\":\"id\"}",
        "oos run ESS-LifecycleHook template=ACS::ECS::RunCommand",
      })
  void a_script_of_ones_own_runs_by_no_way_without_the_right_to_it(String line) throws Exception {
    HandOver.Run run = ann(line);
    String answer =
        answer(line.startsWith("ecs script") ? account.withOption(run, "script", "id") : run);

    assertThat(answer).contains("Not allowed", "ecs script");
    assertThat(account.cloud.log().records()).isEmpty();
  }

  @Test
  void whoever_has_the_right_runs_a_script_of_ones_own() throws Exception {
    account.configure("\"ecs *\"", "\"ecs *\", \"ecs script\"");
    account.restart();

    account.send(account.withOption(ann("ecs script HERE"), "script", "uptime"));

    Eventually.is(() -> !account.cloud.log().of("Ecs", "RunCommand").isEmpty());
    assertThat(command()).containsEntry("Timeout", "600");
  }

  @Test
  void an_instance_without_an_agent_is_told_with_cause_and_fix() throws Exception {
    account.cloud.assistant().removeAgent(instance);
    HandOver.Run run = ann("ecs run both on HERE");

    account.send(run);

    Eventually.is(() -> account.answers(run).toString().contains("ClientNotRunning"));
    assertThat(account.answers(run).toString()).contains("Cause", "aliyun");
  }
}
