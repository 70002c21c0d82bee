package chatops.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.execution.sqlite.SqliteExecutionStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a real store, with files that go to the simulated OSS over HTTP. */
class ExtensionCommandTest {
  private static final String PACKAGE = """
      FormatVersion: CHATOPS-PACKAGE-1
      Name: agent
      Type: Agent
      Description: watches
      Packages:
        - Match: {OSType: linux}
          File: {BucketName: packages, RegionId: cn-hangzhou, ObjectName: agent/1/agent.tgz, Path: agent.tgz}
          InstallScript: |
            ./setup
            echo "done"
          UninstallScript: ./remove
      """;

  private static CloudSim cloud;
  private static Principal.RamUser author;

  @TempDir
  Path folder = Path.of("");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path file = Path.of("");
  private String store = "";

  @BeforeAll
  static void cloud() throws IOException {
    cloud = CloudSim.builder().start();
    author = cloud.identities().user("author", Policy.allow("oss:PutObject", "oss:GetObject"));
  }

  @AfterAll
  static void close() throws Exception {
    cloud.close();
  }

  @BeforeEach
  void files() throws IOException {
    file = Files.writeString(folder.resolve("agent.yml"), PACKAGE);
    Files.writeString(folder.resolve("agent.tgz"), "first");
    Path database = folder.resolve("chatops.db");
    new SqliteExecutionStore(database, InstantSource.system()).close();
    store = "sqlite:" + database;
    cloud.oss().find("packages").ifPresent(bucket -> bucket.remove("agent/1/agent.tgz"));
    cloud.oss().create("packages", "cn-hangzhou");
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    return Chatops.run(
        arguments,
        Map.of(
            "ALIBABA_CLOUD_ACCESS_KEY_ID",
            author.accessKeyId(),
            "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
            author.accessKeySecret(),
            "CHATOPS_ENDPOINTS",
            "oss=" + cloud.ossUrl()),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String told() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  @Test
  void a_package_is_published_with_its_file_and_gets_versions() throws IOException {
    assertThat(run("extension", "create", file.toString(), "--store", store))
        .as(told())
        .isZero();
    assertThat(printed()).startsWith("agent V1 ");
    String hash = DigestUtils.sha256Hex("first");
    assertThat(new String(
            cloud.oss().object("packages", "agent/1/agent.tgz").content(), StandardCharsets.UTF_8))
        .isEqualTo("first");

    assertThat(run("extension", "show", "agent", "--store", store)).isZero();
    assertThat(printed()).contains(hash, "./setup").doesNotContain("Path:");

    // again, nothing has changed
    assertThat(run("extension", "update", file.toString(), "--store", store)).isZero();
    assertThat(printed()).startsWith("agent V1 ");
    write(PACKAGE.replace("watches", "watches more"));
    assertThat(run("extension", "update", file.toString(), "--store", store)).isZero();
    assertThat(printed()).startsWith("agent V2 ");

    assertThat(run("extension", "list", "--store", store)).isZero();
    assertThat(printed()).isEqualTo("agent\tV2\tAgent\twatches more\n");
    run("extension", "versions", "agent", "--store", store);
    assertThat(printed().lines().map(line -> line.substring(0, 2))).containsExactly("V1", "V2");
    run("extension", "show", "agent", "v1", "--store", store);
    assertThat(printed()).contains("watches").doesNotContain("watches more");

    assertThat(run("extension", "delete", "agent", "--store", store)).isZero();
    assertThat(run("extension", "versions", "agent", "--store", store)).isEqualTo(1);
    assertThat(told()).contains("no extension is called 'agent'");
  }

  @Test
  void a_published_file_is_never_replaced() throws IOException {
    run("extension", "create", file.toString(), "--store", store);
    Files.writeString(folder.resolve("agent.tgz"), "second");

    assertThat(run("extension", "update", file.toString(), "--store", store)).isEqualTo(1);

    assertThat(told()).contains("is there already, with another content");
    assertThat(new String(
            cloud.oss().object("packages", "agent/1/agent.tgz").content(), StandardCharsets.UTF_8))
        .isEqualTo("first");
    run("extension", "versions", "agent", "--store", store);
    assertThat(printed().lines()).hasSize(1);
  }

  @Test
  void what_is_wrong_is_told_by_file_line_and_column() throws IOException {
    write(PACKAGE.replace("Type: Agent", "Type: Thing"));

    assertThat(run("extension", "check", file.toString())).isEqualTo(1);
    assertThat(printed())
        .contains(file + ":3:1: 'Thing' is none of them", "extension: 1 packages, 1 wrong");
    assertThat(run("extension", "create", file.toString(), "--store", store)).isEqualTo(1);
    assertThat(told()).contains(":3:1:");
    assertThat(run("extension", "check", folder.resolve("none.yml").toString())).isEqualTo(1);
  }

  @Test
  void a_built_package_is_one_itself() throws IOException {
    Path built = folder.resolve("built.yml");

    assertThat(run("extension", "build", file.toString(), "-o", built.toString()))
        .isZero();
    assertThat(run("extension", "check", built.toString())).isZero();
    assertThat(Files.readString(built)).contains("./setup\n", DigestUtils.sha256Hex("first"));

    Files.delete(folder.resolve("agent.tgz"));
    assertThat(run("extension", "build", file.toString())).isEqualTo(1);
    assertThat(told()).contains("agent.tgz cannot be read", "--files");
  }

  @Test
  void the_shipped_example_is_a_package() {
    Path example = Path.of(System.getProperty("chatops.root"), "extensions", "demo-service");

    assertThat(run(
            "extension",
            "check",
            example.resolve("V1.yml").toString(),
            example.resolve("V2.yml").toString()))
        .as(printed())
        .isZero();
  }
}
