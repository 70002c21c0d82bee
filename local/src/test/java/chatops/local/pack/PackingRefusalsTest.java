package chatops.local.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.local.cli.Chatops;
import chatops.local.host.ProductFunction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code package} refuses before it links or trains anything. */
class PackingRefusalsTest {
  private static final Path ROOT =
      Path.of(System.getProperty("chatops.root", "..")).toAbsolutePath().normalize();

  @TempDir
  Path folder = Path.of("");

  private static String packageTo(Path out) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    String[] line = {"package", "--jdk", System.getProperty("java.home"), "--out", out.toString()};
    assertThat(Chatops.run(line, Map.of(), stream, stream)).isEqualTo(1);
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_folder_that_holds_something_else_is_not_emptied() throws IOException {
    Path notes = Files.createDirectories(folder.resolve("front")).resolve("notes.txt");
    Files.writeString(notes, "a week's work");

    assertThat(packageTo(folder))
        .contains(folder.resolve("front").toString(), "--out")
        .doesNotContain("Exception", "\tat ");
    assertThat(notes).hasContent("a week's work");
  }

  @Test
  void a_target_that_cannot_be_written_is_named_with_what_to_look_at() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");

    assertThat(packageTo(file))
        .contains("not packaged", file.toString(), "may write", "room")
        .doesNotContain("\tat ");
  }

  @Test
  void the_runtime_is_that_of_the_deployment() throws IOException {
    assertThat(DeployedRuntime.of(ROOT.resolve("s.yaml"), Map.of())).isEqualTo(FcRuntime.DEBIAN12);
    assertThat(DeployedRuntime.of(yaml("custom.debian10", "custom.debian10"), Map.of()))
        .isEqualTo(FcRuntime.DEBIAN10);
    assertThatThrownBy(
            () -> DeployedRuntime.of(yaml("custom.debian10", "custom.debian12"), Map.of()))
        .isInstanceOf(PackException.class)
        .hasMessageContaining("[custom.debian10, custom.debian12]")
        .hasMessageContaining("--runtime");
    assertThatThrownBy(() -> DeployedRuntime.of(yaml("java11", "java11"), Map.of()))
        .isInstanceOf(PackException.class)
        .hasMessageContaining("java11")
        .hasMessageContaining("custom.debian12");
    assertThatThrownBy(
            () -> DeployedRuntime.of(Files.writeString(folder.resolve("s.yaml"), "a: ["), Map.of()))
        .isInstanceOf(PackException.class)
        .hasMessageContaining("s.yaml");
  }

  private Path yaml(String front, String execution) throws IOException {
    return Files.writeString(
        folder.resolve("s.yaml"),
        "resources:\n  front: {props: {runtime: " + front + "}}\n  execution: {props: {runtime: "
            + execution + "}}\n");
  }

  @Test
  void a_checkout_that_was_moved_after_its_build_is_said_to_be_so() throws IOException {
    Path root = Files.createDirectories(folder.resolve("moved"));
    Path before = Files.createDirectories(folder.resolve("before/chat-core/target/classes"));
    Files.createDirectories(root.resolve("front-fc/target/classes"));
    Files.writeString(root.resolve("front-fc/target/class-path"), before.toString());

    assertThatThrownBy(
            () -> new Libraries(root).copy(ProductFunction.FRONT, false, folder.resolve("lib")))
        .isInstanceOf(PackException.class)
        .hasMessageContaining(before.toString())
        .hasMessageContaining("./chatops build");
  }

  @Test
  void a_jdk_of_another_processor_is_named_with_the_way_out() throws IOException {
    Path jlink = Files.createDirectories(folder.resolve("bin")).resolve("jlink");
    Files.write(jlink, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0});
    assertThat(jlink.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        folder.resolve("release"),
        "JAVA_VERSION=\"25.0.1\"\nOS_ARCH=\"s390x\"\nOS_NAME=\"Linux\"\n");

    assertThatThrownBy(() -> Jdk.at(folder))
        .isInstanceOf(PackException.class)
        .hasMessageContaining("--jdk " + folder + ": a JDK for Linux s390x")
        .hasMessageContaining(System.getProperty("os.arch"));
    // nor is it taken because it is the newest
    assertThat(Jdk.newest(Map.of("JAVA_HOME", folder.toString())).home()).isNotEqualTo(folder);
  }
}
