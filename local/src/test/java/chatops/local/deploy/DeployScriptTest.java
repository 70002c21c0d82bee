package chatops.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./chatops deploy} in a checkout of its own, with programs in place of Java, Maven and {@code s} that note how they were called. */
class DeployScriptTest {
  private static final String ROOT = "root";

  @TempDir
  Path folder = Path.of("");

  private final Map<String, String> environment =
      Map.of("CHATOPS_TABLESTORE_INSTANCE", "chatops", "ALIYUN_REGION", "cn-shanghai");
  private int status = -1;

  @BeforeEach
  void checkout() throws IOException {
    Files.createDirectories(folder.resolve(ROOT).resolve("local/target/lib"));
    Files.copy(Deployment.root().resolve("chatops"), folder.resolve(ROOT).resolve("chatops"));
    program("jdk/bin/javac", "");
    // doctor, package or deploy-tables: the word after the main class
    program("jdk/bin/java", """
        [ "$1" != -version ] || { echo 'openjdk version "17.0.1"' >&2; exit; }
        while [ "$1" != chatops.local.Main ]; do shift; done
        shift
        [ "$*" != "doctor --region" ] || { echo "${ALIYUN_REGION:-cn-beijing}"; exit; }
        echo "$*" >> CALLS
        [ "$1" != "$(cat FAILING 2>/dev/null)" ] || exit 1
        """);
    program("bin/mvn", "echo mvn >> CALLS");
    program("bin/s", """
        case "$*" in
          "config get -a "*) [ "$4" = nobody ] || echo "AccountID: 123**********456" ;;
          *) echo "s $* in $ALIYUN_REGION" >> CALLS ;;
        esac
        """);
  }

  private void program(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(
        file,
        "#!/bin/sh\n"
            + text.replace("CALLS", folder.resolve("calls").toString())
                .replace("FAILING", folder.resolve("failing").toString()));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String run(String root, Map<String, String> more, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("bash", folder.resolve(root).resolve("chatops").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().putAll(more);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    status = process.waitFor();
    return said;
  }

  private List<String> calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls)
        ? Files.readAllLines(calls).stream().filter(each -> !each.equals("mvn")).toList()
        : List.of();
  }

  @Test
  void it_looks_packages_makes_the_tables_and_deploys() throws Exception {
    run(ROOT, environment, "deploy", "-y");

    assertThat(status).isZero();
    assertThat(calls())
        .containsExactly(
            "doctor --before",
            "package",
            "deploy-tables chatops --region cn-shanghai",
            "s deploy -a default -y in cn-shanghai");
  }

  @Test
  void the_region_that_doctor_finds_is_that_of_the_tables_and_of_s_yaml() throws Exception {
    run(ROOT, Map.of("CHATOPS_TABLESTORE_INSTANCE", "chatops"), "deploy");

    assertThat(calls())
        .contains("deploy-tables chatops --region cn-beijing", "s deploy -a default in cn-beijing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"doctor", "package", "deploy-tables"})
  void a_step_that_fails_ends_it_and_the_next_run_goes_through(String step) throws Exception {
    Files.writeString(folder.resolve("failing"), step);

    assertThat(run(ROOT, environment, "deploy")).contains("not deployed: ");
    assertThat(status).isEqualTo(2);
    assertThat(calls()).noneMatch(call -> call.startsWith("s "));
    assertThat(calls().get(calls().size() - 1)).startsWith(step);

    Files.delete(folder.resolve("failing"));
    run(ROOT, environment, "deploy");
    assertThat(status).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "build"})
  void whoever_asks_for_help_neither_builds_nor_tests(String command) throws Exception {
    assertThat(run(ROOT, environment, command, "--help")).contains("Usage: ./chatops COMMAND");
    assertThat(status).isZero();
  }

  @Test
  void whoever_asks_for_help_deploys_nothing() throws Exception {
    assertThat(run(ROOT, environment, "deploy", "--help"))
        .contains("Usage: ./chatops deploy")
        .contains("SERVERLESS_ACCESS");
    assertThat(status).isZero();
    assertThat(calls()).isEmpty();
  }

  @Test
  void serverless_devs_and_its_keys_are_asked_for_before_anything_takes_a_minute()
      throws Exception {
    assertThat(run(ROOT, Map.of("SERVERLESS_ACCESS", "nobody"), "deploy"))
        .contains("no keys by the name of nobody")
        .contains("s config add -a nobody");
    assertThat(status).isEqualTo(2);

    Files.delete(folder.resolve("bin/s"));
    assertThat(run(ROOT, environment, "deploy")).contains("npm install -g @serverless-devs/s");
    assertThat(status).isEqualTo(2);
    assertThat(calls()).isEmpty();
  }

  @Test
  void a_checkout_that_was_moved_is_built_again() throws Exception {
    run(ROOT, environment, "version");
    run(ROOT, environment, "version");
    assertThat(Files.readAllLines(folder.resolve("calls"))).containsOnlyOnce("mvn");

    Files.move(folder.resolve(ROOT), folder.resolve("elsewhere"));
    run("elsewhere", environment, "version");

    // what the build noted of the class path names the old place
    assertThat(Files.readAllLines(folder.resolve("calls")))
        .filteredOn(call -> call.equals("mvn"))
        .hasSize(2);
  }
}
