package chatops.execution.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.chat.Language;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.ConfigurationJson;
import chatops.chat.rights.Operations;
import chatops.chat.rights.Scaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFileTest {
  private static final String GOOD = """
      version: 1
      language: zh
      account: 1234567890123456
      regions: {default: cn-hangzhou, allowed: [cn-hangzhou]}
      roles: {default: R, allowed: {R: "acs:ram::1234567890123456:role/R"}}
      slack: {workspaces: [T0001], apps: [A0001]}
      groups: {operators: ["slack:T0001/U0001"]}
      rights:
        - who: [group:operators]
          commands: ["ecs *"]
      """;

  @TempDir
  Path folder;

  @Test
  void a_file_becomes_a_configuration() {
    Configuration configuration = ConfigurationFile.read("chatops.yaml", GOOD);

    assertThat(configuration.language()).isEqualTo(Language.ZH);
    assertThat(configuration.account()).isEqualTo("1234567890123456");
    assertThat(configuration.roles().allowed()).containsOnlyKeys("R");
  }

  @Test
  void limits_locks_expiry_and_retention_survive_the_flat_form() {
    Configuration configuration = ConfigurationFile.read("chatops.yaml", GOOD + """
        limits: [{templates: ["ECS-Reboot*"], running: 2, queued: 10}]
        locks:
          - {templates: ["ECS-*"], parameters: [instanceId], busy: refuse}
          - {templates: ["*"], targets: false}
        expiry:
          - {templates: ["*"], approvals: 72h, outcome: approve, executions: 30d}
        retention: {days: 90, auditDays: 900}
        """);

    Operations operations = configuration.operations();
    assertThat(operations.limits())
        .containsExactly(new Operations.Limit(List.of("ECS-Reboot*"), 2, 10));
    assertThat(operations.locks())
        .containsExactly(
            new Operations.Lock(List.of("ECS-*"), true, List.of("instanceId"), true),
            new Operations.Lock(List.of("*"), false, List.of(), false));
    assertThat(operations.expiry())
        .containsExactly(new Operations.Expiry(
            List.of("*"), Duration.ofHours(72), Operations.Outcome.APPROVE, Duration.ofDays(30)));
    assertThat(operations.retention()).isEqualTo(Duration.ofDays(90));
    assertThat(operations.auditRetention()).isEqualTo(Duration.ofDays(900));
    assertThat(ConfigurationJson.read(ConfigurationJson.write(configuration)).operations())
        .isEqualTo(operations);
  }

  @Test
  void without_these_sections_what_is_selected_is_locked_and_nothing_else_is_limited() {
    Operations operations = ConfigurationFile.read("chatops.yaml", GOOD).operations();

    assertThat(operations.locks())
        .containsExactly(
            new Operations.Lock(List.of("*"), true, List.of("instanceId", "instanceIds"), false));
    assertThat(operations.limits()).isEmpty();
    assertThat(operations.expiry()).isEmpty();
    assertThat(operations.retention()).isNull();
    assertThat(ConfigurationFile.read("chatops.yaml", GOOD + "locks: []\n")
            .operations()
            .locks())
        .isEmpty();
  }

  @Test
  void what_cannot_be_a_limit_a_lock_or_a_time_is_told_at_its_place() {
    assertThatThrownBy(() -> ConfigurationFile.read("chatops.yaml", GOOD + """
            limits: [{templates: [], running: 0}]
            locks: [{templates: ["*"], busy: hang}]
            expiry: [{templates: ["*"], approvals: soon, outcome: maybe, executions: 0d}]
            retention: {days: many}
            """))
        .hasMessageContaining("limits[0].templates: expected at least one pattern")
        .hasMessageContaining("limits[0].running: expected a whole number from 1")
        .hasMessageContaining("locks[0].busy: expected wait or refuse")
        .hasMessageContaining("expiry[0].approvals: expected a number and s, m, h or d")
        .hasMessageContaining("expiry[0].outcome: expected approve, reject or cancel")
        .hasMessageContaining("expiry[0].executions: expected a number")
        .hasMessageContaining("retention.days: expected a whole number");
  }

  @Test
  void everything_wrong_is_reported_together_each_at_its_line_and_column() {
    String text = """
        version: 1
        langauge: en
        account: "12x"
        regions: {default: cn-hangzhou, allowed: [cn-hangzhou]}
        roles: {default: R, allowed: {R: "acs:ram::1:user/R"}}
        slack: {workspaces: T0001}
        groups: {operators: ["U0001"]}
        rights:
          - who: [group:nobody]
            commands: ["ecs fly"]
        """;

    assertThatThrownBy(() -> ConfigurationFile.read("chatops.yaml", text))
        .hasMessageContaining("chatops.yaml:2:1: langauge: unknown; did you mean language?")
        .hasMessageContaining("chatops.yaml:3:1: account: ")
        .hasMessageContaining(
            "chatops.yaml:5:31: roles.allowed.R: expected acs:ram::<account>:role/<name>")
        .hasMessageContaining("chatops.yaml:6:9: slack.workspaces: expected a list")
        .hasMessageContaining("chatops.yaml:7:22: groups.operators[0]: ")
        .hasMessageContaining("chatops.yaml:9:11: rights[0].who[0]: there is no group nobody")
        .hasMessageContaining("chatops.yaml:10:16: rights[0].commands[0]: ");
  }

  @Test
  void a_name_given_twice_is_reported_where_it_is_repeated() {
    assertThatThrownBy(() -> ConfigurationFile.read("chatops.yaml", GOOD + "language: en\n"))
        .hasMessage("chatops.yaml:11:1: language: given before at 2:1; keep one");
  }

  @Test
  void text_that_is_no_yaml_is_reported_with_its_place() {
    assertThatThrownBy(() -> ConfigurationFile.read("chatops.yaml", "version: 1\nslack: [T0001\n"))
        .hasMessageStartingWith("chatops.yaml:3:1: ");
  }

  @Test
  void a_missing_file_names_the_setting() {
    assertThatThrownBy(() -> ConfigurationFile.read(folder.resolve("none.yaml")))
        .hasMessageContaining("CHATOPS_CONFIG");
  }

  @Test
  void the_flat_form_says_the_same() throws IOException {
    Path yaml = Files.writeString(folder.resolve("chatops.yaml"), GOOD);
    Path flat = folder.resolve("rights.json");

    ConfigurationFile.compile(yaml, flat);

    assertThat(ConfigurationJson.read(Files.readAllBytes(flat)))
        .isEqualTo(ConfigurationFile.read(yaml));
  }

  private static final String SCALING = GOOD + """
      scaling:
        topics: [ess-hooks]
        chat: "slack:T0001/C0001"
        hooks:
          - groups: ["asg-bp1*"]
            hooks: [install]
            transition: SCALE_OUT
            template: ACS::ECS::RunCommand
            parameters: {instanceId: "${instanceId}", timeout: 600, tags: [{Key: a, Value: "${scalingGroupId}"}]}
            policy: quorum 80%
            failure: ROLLBACK
            heartbeat: false
            concurrency: 5
            ramRole: R
          - groups: [asg-other]
            template: ACS-ESS-LifeCycleRunCommand
      """;

  @Test
  void what_lifecycle_hooks_start_survives_the_flat_form() {
    Configuration configuration = ConfigurationFile.read("chatops.yaml", SCALING);

    Scaling.Hook hook = configuration.scaling().hook("asg-bp1x", "ash-1", "install", "SCALE_OUT");
    assertThat(hook).isNotNull();
    assertThat(hook.quorum()).isEqualTo(80);
    assertThat(hook.failure()).isEqualTo("ROLLBACK");
    assertThat(hook.heartbeat()).isFalse();
    assertThat(hook.parameters()).containsEntry("timeout", 600L);
    assertThat(configuration.scaling().hook("asg-bp1x", "ash-1", "other", "SCALE_OUT"))
        .isNull();
    assertThat(configuration.scaling().hook("asg-bp1x", "ash-1", "install", "SCALE_IN"))
        .isNull();
    Scaling.Hook usual = configuration.scaling().hook("asg-other", "ash-1", "", "SCALE_IN");
    assertThat(usual).isNotNull();
    assertThat(usual.quorum()).isEqualTo(100);
    assertThat(usual.failure()).isEqualTo("ABANDON");
    assertThat(usual.heartbeat()).isTrue();
    assertThat(configuration.scaling().listensTo("asg-nobody")).isFalse();
    Configuration flat = ConfigurationJson.read(ConfigurationJson.write(configuration));
    assertThat(flat).isEqualTo(configuration);
    assertThat(flat.hash()).isEqualTo(configuration.hash());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "policy: quorum 80%| policy: quorum 0%| 20:7: scaling.hooks[0].policy: expected any-failure, or quorum",
        "policy: quorum 80%| policy: most| 20:7: scaling.hooks[0].policy: expected any-failure, or quorum",
        "\"${instanceId}\"| \"${instanceIds}\"| 20:7: scaling.hooks[0].policy: a quorum counts instances",
        "\"${instanceId}\"| \"${InstanceID}\"| 19:20: scaling.hooks[0].parameters.instanceId: ${InstanceID} is not replaced",
        "timeout: 600| token: \"${lifecycleActionToken}\"| 19:7: scaling.hooks[0].parameters: a template that is given",
        "transition: SCALE_OUT| transition: OUT| 17:7: scaling.hooks[0].transition: expected SCALE_OUT, SCALE_IN",
        "failure: ROLLBACK| failure: STOP| 21:7: scaling.hooks[0].failure: expected CONTINUE, ABANDON, ROLLBACK",
        "concurrency: 5| concurrency: 0| 23:7: scaling.hooks[0].concurrency: expected a whole number",
        "ramRole: R| ramRole: Q| 24:7: scaling.hooks[0].ramRole: Q is not in roles.allowed",
        "slack:T0001/C0001| C0001| 13:3: scaling.chat: expected a channel such as",
        "transition: SCALE_OUT| transitions: SCALE_OUT| 17:7: scaling.hooks[0].transitions: unknown; did you mean transition?",
      })
  void a_mistake_about_hooks_is_shown_at_its_place(String right, String wrong, String said) {
    assertThatThrownBy(() -> ConfigurationFile.read("chatops.yaml", SCALING.replace(right, wrong)))
        .hasMessageContaining(said);
  }
}
