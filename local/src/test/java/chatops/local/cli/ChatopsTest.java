package chatops.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatopsTest {
  private static final String SOUND = """
      version: 1
      language: en
      account: "1234567890123456"
      regions: {default: cn-hangzhou, allowed: [cn-hangzhou]}
      roles: {default: OOSServiceRole, allowed: {OOSServiceRole: "acs:ram::1234567890123456:role/OOSServiceRole"}}
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir
  Path folder = Path.of("");

  private int run(String... arguments) {
    return Chatops.run(arguments, Map.of(), stream(out), stream(err));
  }

  @Test
  void help_lists_the_commands_and_the_exit_statuses() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("demo", "version", "Exit status: 0 done");
  }

  @Test
  void help_breaks_no_sentence_where_the_source_does() {
    run("--help");
    assertThat(flowing())
        .contains("tells what is wrong with the fix beside it. version")
        .contains("this machine; plays a scenario of commands and approvals")
        .doesNotContain("Everything listens on 127.0.0.1 only");

    out.reset();
    run("config", "--help");
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("explains what it lets a person do.");
    assertThat(flowing()).contains("or why none does. Exit status");
  }

  @Test
  void an_unknown_command_gets_the_nearest_known_one() {
    assertThat(run("lnit", "x")).isEqualTo(2);
    assertThat(run("unheard-of")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "no command is called 'lnit'; did you mean 'lint'?",
            "no command is called 'unheard-of'; ./chatops --help lists them");
  }

  private String flowing() {
    return out.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
  }

  @Test
  void help_of_the_demo_tells_every_option() {
    assertThat(run("demo", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--exit", "--port=N", "--lang=en|zh|ja", "--fc=2|3", "--keep=DIR", "Exit status");
  }

  @Test
  void explain_tells_which_entry_allows_and_why_the_others_do_not() throws IOException {
    Path file = Files.writeString(folder.resolve("chatops.yaml"), SOUND + """
        slack: {workspaces: [T1]}
        groups: {web: ["slack:T1/U1"]}
        people: {"slack:T1/U1": {ramUser: ann}, "dingtalk:d1/s1": {ramUser: ann}}
        rights:
          - {who: ["slack:T1/U9"], commands: ["ecs *"]}
          - name: web operators
            who: [group:web]
            commands: ["oos run"]
            templates: ["Web-*"]
            parameters: {environment: staging*}
        approvals: {approvers: [group:web]}
        """);

    assertThat(run(
            "config",
            "explain",
            "slack:T1/U1",
            "slack:T1/C1",
            "/oos",
            "run",
            "Web-Restart",
            "environment=staging-2",
            "--file",
            file.toString()))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "groups: web", "the same person as: dingtalk:d1/s1", "approves: what no rule is for")
        .contains("chatops.yaml:10:5 rights[0]: does not name slack:T1/U1")
        .contains("chatops.yaml:11:5 web operators: allows it")
        .endsWith("allowed\n");

    out.reset();
    assertThat(run(
            "config",
            "explain",
            "slack:T1/U1",
            "slack:T1/C1",
            "oos",
            "run",
            "Web-Restart",
            "environment=prod",
            "--file",
            file.toString()))
        .isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("web operators: does not allow environment=prod")
        .endsWith("denied: does not allow environment=prod\n");

    assertThat(run(
            "config", "explain", "ann", "slack:T1/C1", "ecs", "status", "--file", file.toString()))
        .isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("'ann' is no person", "slack:T0001/U0001");
  }

  @Test
  void an_unknown_language_gets_the_known_ones() {
    assertThat(run("demo", "--lang", "fr")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--lang").containsIgnoringCase("zh");
  }

  @Test
  void version_tells_the_build() {
    assertThat(run("version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("fc-chatops 0.").doesNotContain("${");
  }

  @Test
  void a_sound_configuration_is_compiled() throws IOException {
    Path yaml = Files.writeString(folder.resolve("chatops.yaml"), SOUND);
    Path flat = folder.resolve("rights.json");

    assertThat(run("config", "check", yaml.toString())).isZero();
    assertThat(run("config", "compile", yaml.toString(), flat.toString())).isZero();
    assertThat(flat).content().contains("1234567890123456");
  }

  @Test
  void a_wrong_configuration_is_told_with_line_and_column() throws IOException {
    Path yaml = Files.writeString(folder.resolve("chatops.yaml"), SOUND + "colour: red\n");

    assertThat(run("config", "check", yaml.toString())).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(yaml + ":")
        .contains("colour")
        .doesNotContain("Exception");
  }

  @Test
  void config_alone_asks_what_to_do() {
    assertThat(run("config")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("check, compile or explain");
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
