package chatops.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.ecs.InstanceSpec;
import chatops.engine.extension.Extensions;
import chatops.engine.extension.InstalledExtension;
import chatops.engine.extension.InstalledExtension.State;
import chatops.engine.extension.InstalledExtensions;
import chatops.local.host.Machine;
import chatops.local.host.QuietHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The public templates that configure packages, unchanged, with extensions of our own: on sandboxed instances, with files from the simulated OSS. */
@Tag("long")
@EnabledIfEnvironmentVariable(named = "CHATOPS_CORPUS", matches = ".+")
class CorpusPackagesSandboxTest {
  private static final String BUCKET = "chatops-corpus-packages";
  private static final String PACKAGE = """
      FormatVersion: CHATOPS-PACKAGE-1
      Name: NAME
      Type: Application
      Packages:
        - Match: {OSType: linux, Architecture: [arm64]}
          InstallScript: "exit 1"
          UninstallScript: "true"
        - Match: {OSType: linux}
          File: {BucketName: chatops-corpus-packages, RegionId: cn-hangzhou, ObjectName: NAME.txt, Sha256: SHA}
          InstallScript: |
            mkdir -p /opt/NAME && cp NAME.txt /opt/NAME/ && echo "NAME is in"
          OutputScript: |
            cat /opt/NAME/NAME.txt
          UninstallScript: |
            rm -rf /opt/NAME && echo "NAME is out"
      """;

  @RegisterExtension
  static final SandboxedHost HOST =
      new SandboxedHost(Duration.ofSeconds(150), CorpusPackagesSandboxTest::templates);

  private static Machine machine;
  private static Talk talk;
  private static InstalledExtensions installed;

  @BeforeAll
  static void start() {
    machine = HOST.machine();
    talk = HOST.talk();
    installed = new InstalledExtensions(HOST.shared());
    machine.cloud().oss().create(BUCKET, "cn-hangzhou");
    publish("first");
    publish("second");
  }

  /** Those that ship and the public ones, in one folder. */
  private static Path templates(Path home) throws IOException {
    Path corpus = Path.of(System.getenv().getOrDefault("CHATOPS_CORPUS", ""));
    Path all = home.resolve("templates");
    copy(QuietHost.shipped(), all.resolve("0"));
    copy(corpus.resolve("product-actions/ECS"), all.resolve("1"));
    for (Path file : list(corpus.resolve("public-templates"))) {
      if (file.getFileName().toString().contains("ConfigureOOSPackage")) {
        Files.copy(file, all.resolve("1").resolve(file.getFileName()));
      }
    }
    return all;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    for (Path path : list(from)) {
      Files.copy(path, to.resolve(from.relativize(path).toString()));
    }
  }

  private static Iterable<Path> list(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.toList();
    }
  }

  private static void publish(String name) {
    byte[] content = (name + " says hello").getBytes(StandardCharsets.UTF_8);
    machine.cloud().oss().put(BUCKET, name + ".txt", content, "text/plain", Map.of());
    String hash = org.apache.commons.codec.digest.DigestUtils.sha256Hex(content);
    new Extensions(HOST.shared())
        .create(PACKAGE.replace("NAME", name).replace("SHA", hash), "test", Instant.now());
  }

  private static String instance(String name) {
    return machine
        .cloud()
        .fleet()
        .launch(InstanceSpec.named(name).os("Ubuntu  22.04 64 bit").tag("use", "packages"));
  }

  private static State state(String instance, String extension) {
    return installed.find(instance, extension).map(InstalledExtension::state).orElseThrow();
  }

  @Test
  void the_bulky_template_installs_and_removes_an_extension_of_ours() throws Exception {
    String one = instance("bulky-1");
    String two = instance("bulky-2");
    String bulky = "/oos run ACS-ECS-BulkyConfigureOOSPackageWithTemporaryURL packageName=first"
        + " targets="
        + Payloads.quoted("{\"Type\":\"ResourceIds\",\"ResourceIds\":[\"" + one + "\",\"" + two
            + "\"],\"RegionId\":\"cn-hangzhou\"}");

    String brought = talk.result(talk.say(bulky + " action=install"));

    assertThat(brought).startsWith("✅").contains("first is in", "first says hello");
    assertThat(state(one, "first")).isEqualTo(State.INSTALLED);
    assertThat(state(two, "first")).isEqualTo(State.INSTALLED);
    assertThat(talk.result(talk.say("/ecs extensions " + one))).contains("first  V1  Installed");
    assertThat(talk.result(talk.say("/ecs run " + one + " -- cat /opt/first/first.txt")))
        .contains("first says hello");

    assertThat(talk.result(talk.say(bulky + " action=uninstall")))
        .startsWith("✅")
        .contains("first is out");
    assertThat(installed.on(one)).isEmpty();
    assertThat(talk.result(talk.say("/ecs run " + one + " -- ls /opt/first")))
        .contains("exit code 2");
  }

  @Test
  void the_multiple_action_installs_several_one_after_the_other() throws Exception {
    String id = instance("multiple-1");

    String result = talk.result(
        talk.say(
            "/oos run ACS::ECS::ConfigureMultipleOOSPackagesWithTemporaryURL"
                + " action=install instanceId=" + id + " packageInfo="
                + Payloads.quoted(
                    "[{\"packageName\":\"first\",\"packageVersion\":\"V1\",\"parameters\":\"\"},{\"packageName\":\"second\",\"packageVersion\":\"\",\"parameters\":\"\"}]")));

    assertThat(result).startsWith("✅").contains("first is in", "second is in");
    assertThat(state(id, "first")).isEqualTo(State.INSTALLED);
    assertThat(state(id, "second")).isEqualTo(State.INSTALLED);
  }

  @Test
  void the_plain_template_runs_too() throws Exception {
    String id = instance("plain-1");

    String result = talk.result(talk.say(
        "/oos run ACS-ECS-BulkyConfigureOOSPackage packageName=first action=install targets="
            + Payloads.quoted("{\"Type\":\"ResourceIds\",\"ResourceIds\":[\"" + id
                + "\"],\"RegionId\":\"cn-hangzhou\"}")));

    assertThat(result).startsWith("✅").contains("first is in");
    assertThat(state(id, "first")).isEqualTo(State.INSTALLED);
    // a package that is not ours is for the agent, and the simulated one has none
    assertThat(talk.result(talk.say(
            "/oos run ACS::ECS::ConfigureOOSPackage packageName=other packageVersion=v2 instanceId="
                + id)))
        .contains("configure_package is not played by the simulated agent");
  }
}
