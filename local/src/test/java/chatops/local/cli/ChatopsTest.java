package chatops.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatopsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

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
  void help_of_the_demo_tells_every_option() {
    assertThat(run("demo", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--exit", "--port=N", "--lang=en|zh|ja", "--fc=2|3", "--keep=DIR", "Exit status");
  }

  @Test
  void an_unknown_command_gets_the_nearest_known_one() {
    assertThat(run("demmo")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("demmo")
        .contains("Did you mean")
        .contains("demo");
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

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
