package chatops.execution.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.chat.Language;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.ConfigurationJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
