package chatops.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
  private static final String SOUND = """
      FormatVersion: OOS-2019-06-01
      RamRole: OOSServiceRole
      Tasks: [{Name: hold, Action: 'ACS::Pause'}]
      """;
  private static final String CALLS = """
      FormatVersion: OOS-2019-06-01
      RamRole: OOSServiceRole
      Tasks: [{Name: paint, Action: 'ACS::Studio::Paint'}]
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir
  Path folder = Path.of("");

  private int lint(Object... arguments) {
    String[] line = new String[arguments.length + 1];
    line[0] = "lint";
    for (int i = 0; i < arguments.length; i++) {
      line[i + 1] = arguments[i].toString();
    }
    return Chatops.run(line, Map.of(), stream(out), stream(err));
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    return Files.writeString(file, text);
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private String told() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_sound_template_passes() throws IOException {
    assertThat(lint(write("a.yml", SOUND))).isZero();

    assertThat(lines()).containsExactly("lint: 1 templates, 0 errors, 0 warnings");
  }

  @Test
  void a_warning_does_not_fail_the_run() throws IOException {
    Path file = write("a.yml", SOUND.replace("RamRole: OOSServiceRole\n", ""));

    assertThat(lint(file)).isZero();
    assertThat(lines().get(0))
        .startsWith(file + ":1:1: warning missing-ram-role: ")
        .contains(" — ");
    assertThat(lines().get(1)).isEqualTo("lint: 1 templates, 0 errors, 1 warnings");
  }

  @Test
  void an_error_is_told_with_its_place_and_what_to_do() throws IOException {
    Path file = write("a.yml", SOUND.replace("ACS::Pause", "ACS::Paus"));

    assertThat(lint(file)).isEqualTo(1);
    assertThat(lines().get(0))
        .isEqualTo(file + ":3:22: error unknown-action: task 'hold': unknown action 'ACS::Paus'"
            + " — did you mean 'ACS::Pause'?");
  }

  @Test
  void json_is_one_object_per_finding_and_the_count_is_told_apart() throws IOException {
    Path file = write("a.yml", SOUND.replace("ACS::Pause", "ACS::Paus"));

    assertThat(lint("--json", file)).isEqualTo(1);
    assertThat(lines()).hasSize(1);
    JsonNode finding = new JsonMapper().readTree(lines().get(0));
    assertThat(finding.properties().stream().map(Map.Entry::getKey))
        .containsExactly("file", "line", "column", "severity", "code", "message", "remedy");
    assertThat(finding.path("severity").textValue()).isEqualTo("error");
    assertThat(finding.path("line").intValue()).isEqualTo(3);
    assertThat(told().strip()).isEqualTo("lint: 1 templates, 1 errors, 0 warnings");
  }

  @Test
  void in_a_directory_files_that_are_no_templates_are_counted_and_passed_over() throws IOException {
    write("deep/er/a.yaml", SOUND);
    write("b.json", "{\"FormatVersion\": \"OOS-2019-06-01\"}");
    write("package.json", "{\"name\": \"x\"}");
    write("stack.yml", "ROSTemplateFormatVersion: '2015-09-01'");
    write("notes.txt", SOUND);
    write(".git/c.yml", SOUND);

    assertThat(lint(folder)).isEqualTo(1);
    assertThat(lines().get(lines().size() - 1)).startsWith("lint: 2 templates, 1 errors");
    assertThat(told()).contains("passed over 2 files");
  }

  @Test
  void a_file_named_on_the_command_line_is_checked_whatever_it_is() throws IOException {
    assertThat(lint(write("package.json", "{\"name\": \"x\"}"))).isEqualTo(1);

    assertThat(lines()).anyMatch(line -> line.contains("error missing-key"));
  }

  @Test
  void actions_are_found_in_a_catalogue_and_among_the_checked_files() throws IOException {
    Path caller = write("caller.yml", CALLS);
    Path action = write("library/actions/Studio/Paint.yml", SOUND);

    assertThat(lint(caller)).isEqualTo(1);
    assertThat(lines().get(0)).contains("unknown-action").contains("actions/Studio/Paint.yml");
    assertThat(lint(caller, "--catalog", folder.resolve("library"))).isZero();
    assertThat(lint(caller, action)).isZero();
    assertThat(lint(folder)).isZero();
  }

  @Test
  void a_file_that_is_too_large_or_no_text_is_a_finding() throws IOException {
    write("large.yml", SOUND + "#".repeat(70_000));
    Files.write(folder.resolve("latin.yml"), (SOUND + "# é").getBytes(StandardCharsets.ISO_8859_1));

    assertThat(lint(folder)).isEqualTo(1);
    assertThat(lines()).hasSize(3);
    assertThat(lines().get(0)).contains("large.yml:1:1: error too-large");
    assertThat(lines().get(1)).contains("latin.yml:1:1: error unreadable");
  }

  @Test
  void a_file_that_cannot_be_opened_is_a_finding() throws IOException {
    Files.createSymbolicLink(folder.resolve("gone.yml"), folder.resolve("nowhere"));

    assertThat(lint(folder)).isEqualTo(1);
    assertThat(lines().get(0)).contains("gone.yml:1:1: error unreadable");
  }

  @Test
  void a_folder_that_links_to_itself_is_walked_once() throws IOException {
    write("a.yml", SOUND);
    Files.createSymbolicLink(folder.resolve("again"), folder);

    assertThat(lint(folder)).isZero();
    assertThat(lines()).containsExactly("lint: 1 templates, 0 errors, 0 warnings");
  }

  @Test
  @Timeout(30)
  void a_pipe_among_the_files_is_not_waited_for() throws IOException, InterruptedException {
    write("a.yml", SOUND);
    String pipe = folder.resolve("b.yml").toString();
    assumeThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();

    assertThat(lint(folder)).isZero();
    assertThat(lines()).containsExactly("lint: 1 templates, 0 errors, 0 warnings");
  }

  @Test
  void a_path_that_is_not_there_is_a_mistake_of_the_command_line() {
    assertThat(lint(folder.resolve("nowhere"))).isEqualTo(2);

    assertThat(told()).contains("nowhere: no such file or directory");
    assertThat(lines()).isEmpty();
  }

  @Test
  void a_catalogue_that_is_not_there_is_a_mistake_of_the_command_line() throws IOException {
    assertThat(lint(write("a.yml", SOUND), "--catalog", folder.resolve("nowhere")))
        .isEqualTo(2);

    assertThat(told()).contains("--catalog ").contains("no such directory");
  }

  @Test
  void without_a_path_the_usage_is_shown() {
    assertThat(lint()).isEqualTo(2);

    assertThat(told()).contains("PATH").contains("Usage");
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
