package chatops.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.slack.SlackMessage;
import chatops.engine.extension.Extensions;
import chatops.engine.extension.InstalledExtension;
import chatops.engine.extension.InstalledExtension.State;
import chatops.engine.extension.InstalledExtensions;
import chatops.local.extension.BuiltPackage;
import chatops.local.host.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Extensions on their whole way: asked for in Slack, fetched from OSS through a signed URL, installed by their scripts on sandboxed instances. */
@Tag("long")
class ExtensionsSandboxTest {
  private static final String BUCKET = "chatops-demo-packages";

  private static final String NOTE = """
      FormatVersion: CHATOPS-PACKAGE-1
      Name: note
      Type: Agent
      Parameters:
        text: {Type: String, Default: plain}
      Packages:
        - Match: {OSType: linux}
          File: {BucketName: chatops-demo-packages, RegionId: cn-hangzhou, ObjectName: note/NUMBER/note.tgz, Path: note.tgz}
          InstallScript: |
            mkdir -p /opt/note && cp version /opt/note/version && printf '%s' "$text" >/opt/note/text && echo "installed $(cat version)"
          UninstallScript: |
            rm -rf /opt/note && echo gone
      """;

  private static final String HEX = """
      FormatVersion: CHATOPS-PACKAGE-1
      Name: hex
      Type: Application
      Parameters:
      PARAMETERS
      Packages:
        - Match: {OSType: linux}
          InstallScript: |
            number=0
            while [ $number -lt 10 ]; do
              eval "value=\\$p$number"
              printf 'p%s %s\\n' $number "$(printf %s "$value" | od -An -v -tx1 | tr -d ' \\n')"
              number=$((number + 1))
            done
            echo "files: $(find /tmp /root -name 'pwned*' | wc -l)"
          UninstallScript: "true"
      """;

  private static final String FAILING = """
      FormatVersion: CHATOPS-PACKAGE-1
      Name: failing
      Type: Driver
      Packages:
        - Match: {OSType: linux}
          InstallScript: |
            echo "no such kernel" >&2
            [ -e /root/mended ] || exit 4
            echo mended
          UninstallScript: rm -f /root/mended
      """;

  @RegisterExtension
  static final SandboxedHost HOST = new SandboxedHost(Duration.ofSeconds(60));

  private static Machine machine;
  private static Talk talk;
  private static Extensions extensions;
  private static InstalledExtensions installed;

  @BeforeAll
  static void start() throws Exception {
    machine = HOST.machine();
    talk = HOST.talk();
    extensions = new Extensions(HOST.shared());
    installed = new InstalledExtensions(HOST.shared());
    machine.cloud().oss().create(BUCKET, "cn-hangzhou");
    publish(NOTE.replace("NUMBER", "1"), "note.tgz", archive("one"));
    publish(NOTE.replace("NUMBER", "2"), "note.tgz", archive("two"));
    publish(FAILING, "", new byte[0]);
  }

  @AfterAll
  static void count() {
    System.out.println("long-job: extensions in sandboxes: "
        + machine.cloud().log().of("Ecs", "RunCommand").size() + " scripts run on "
        + machine.cloud().fleet().ids().size() + " instances, "
        + machine.cloud().log().of("Oss", "GetObject").size() + " files fetched");
  }

  private static void publish(String text, String file, byte[] content) throws IOException {
    Path place = HOST.folder("package");
    Files.writeString(place.resolve("package.yml"), text);
    if (!file.isEmpty()) {
      Files.write(place.resolve(file), content);
    }
    BuiltPackage built = BuiltPackage.of(place.resolve("package.yml"), place);
    for (BuiltPackage.Upload upload : built.uploads()) {
      machine
          .cloud()
          .oss()
          .put(
              BUCKET,
              upload.target().objectName(),
              Files.readAllBytes(upload.file()),
              "application/octet-stream",
              Map.of());
    }
    boolean isNew = extensions.find(built.extension().name()).isEmpty();
    Instant now = Instant.now();
    if (isNew) {
      extensions.create(built.text(), "test", now);
    } else {
      extensions.update(built.text(), "test", now);
    }
  }

  private static byte[] archive(String version) throws IOException, InterruptedException {
    Path place = HOST.folder("archive");
    Files.writeString(place.resolve("version"), version);
    Process tar = new ProcessBuilder("tar", "czf", "-", "-C", place.toString(), "version").start();
    byte[] bytes = tar.getInputStream().readAllBytes();
    assertThat(tar.waitFor()).isZero();
    return bytes;
  }

  private static State state(String instance, String extension) {
    return installed.find(instance, extension).map(InstalledExtension::state).orElseThrow();
  }

  @Test
  void an_extension_is_installed_upgraded_listed_and_removed() throws Exception {
    String first = HOST.instance("note-1");
    String second = HOST.instance("note-2");
    String both = first + " " + second;

    String brought =
        talk.result(talk.say("/ecs install note V1 on " + both + " text=\"$(id) 'x' \\\"y\\\"\""));
    assertThat(brought).startsWith("✅").contains(first + "  V1", second + "  V1", "installed one");
    assertThat(talk.result(
            talk.say("/ecs run " + first + " -- cat /opt/note/text; ls /root/workspace")))
        .contains("$(id) 'x' \"y\"")
        .doesNotContain("-install");

    assertThat(talk.result(talk.say("/ecs install note on " + first)))
        .contains("ExtensionInstalled", "V1");
    assertThat(talk.result(talk.say("/ecs upgrade note on " + both)))
        .startsWith("✅")
        .contains(first + "  V1 → V2", "installed two");
    // what a person gave stays
    assertThat(
            talk.result(talk.say("/ecs run " + first + " -- cat /opt/note/version /opt/note/text")))
        .contains("two$(id) 'x' \"y\"");
    assertThat(talk.result(talk.say("/ecs extensions " + both)))
        .contains(first + "  note  V2  Installed", second + "  note  V2  Installed");

    assertThat(talk.result(talk.say("/ecs uninstall note on " + both)))
        .startsWith("✅")
        .contains(first + "  V2 → -", "gone");
    assertThat(installed.on(first)).isEmpty();
    assertThat(talk.result(talk.say("/ecs run " + first + " -- ls /opt/note")))
        .contains("exit code 2");
  }

  @Test
  void a_script_that_fails_is_told_kept_and_taken_up_again() throws Exception {
    String id = HOST.instance("failing-1");

    assertThat(talk.result(talk.say("/ecs install failing on " + id)))
        .contains("ExtensionScriptFailed", "exit code 4", "no such kernel");
    assertThat(state(id, "failing")).isEqualTo(State.INSTALL_FAILED);
    assertThat(installed.find(id, "failing").orElseThrow().message()).contains("no such kernel");
    assertThat(talk.result(talk.say("/ecs extensions " + id)))
        .contains("InstallFailed", "ExtensionScriptFailed");

    talk.result(talk.say("/ecs run " + id + " -- touch /root/mended"));
    assertThat(talk.result(talk.say("/ecs install failing on " + id)))
        .startsWith("✅")
        .contains("mended");
    assertThat(state(id, "failing")).isEqualTo(State.INSTALLED);
  }

  @Test
  void a_file_that_is_not_the_published_one_is_not_run() throws Exception {
    String id = HOST.instance("tampered-1");
    publish(
        NOTE.replace("NUMBER", "3").replace("Name: note", "Name: tampered"),
        "note.tgz",
        archive("three"));
    machine
        .cloud()
        .oss()
        .put(BUCKET, "tampered/3/note.tgz", archive("evil"), "application/gzip", Map.of());

    assertThat(talk.result(talk.say("/ecs install tampered on " + id)))
        .contains("ExtensionHashMismatch", "exit code 102", "another SHA-256");
    assertThat(talk.result(talk.say("/ecs run " + id + " -- ls /opt/note")))
        .contains("exit code 2");
  }

  @Test
  void what_cannot_be_is_refused_with_its_reason_before_anything_is_run() throws Exception {
    String classic = machine
        .cloud()
        .fleet()
        .launch(InstanceSpec.named("classic-1").classic().os("Ubuntu  22.04 64 bit"));
    assertThat(talk.result(talk.say("/ecs install note on " + classic)))
        .contains("InstanceNotInVpc");
    assertThat(talk.result(talk.say("/ecs install none on " + classic)))
        .contains("ExtensionNotFound");
    assertThat(talk.result(talk.say("/ecs install note V9 on " + classic)))
        .contains("ExtensionVersionNotFound", "V2");
    assertThat(talk.result(talk.say("/ecs upgrade note on " + classic)))
        .contains("ExtensionNotInstalled");
    assertThat(talk.result(talk.say("/ecs install note on " + classic + " nothing=1")))
        .contains("ExtensionParameter", "it has text");
    assertThat(installed.on(classic)).isEmpty();
  }

  @Test
  void no_signed_url_is_shown_or_kept_in_clear() throws Exception {
    String id = HOST.instance("masked-1");
    String execution = talk.say("/ecs install note on " + id);
    assertThat(talk.result(execution)).startsWith("✅");

    talk.say("/oos logs " + execution);
    talk.say("/oos show " + execution);
    Thread.sleep(500);
    String all = machine.cloud().slack().channels().since(0).stream()
        .map(SlackMessage::toString)
        .reduce("", String::concat);
    assertThat(all).doesNotContain("x-oss-signature=").contains("note");
    for (Path file : Files.list(machine.store().getParent()).toList()) {
      String bytes = Files.isRegularFile(file)
          ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
          : "";
      assertThat(Pattern.compile("x-oss-signature=[0-9a-f]{64}").matcher(bytes).find())
          .as(file.toString())
          .isFalse();
    }
  }

  @Test
  void a_hundred_values_full_of_signs_reach_the_scripts_as_they_were_typed_and_change_nothing()
      throws Exception {
    StringBuilder parameters = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      parameters.append("  p").append(i).append(": {Type: String, Default: ''}\n");
    }
    publish(HEX.replace("PARAMETERS\n", parameters), "", new byte[0]);
    List<String> payloads = Payloads.all();
    assertThat(payloads).hasSizeGreaterThanOrEqualTo(100);
    List<String> executions = new ArrayList<>();
    for (int from = 0; from < payloads.size(); from += 10) {
      StringBuilder line = new StringBuilder("/ecs install hex on " + HOST.instance("hex-" + from));
      for (int i = 0; i < 10 && from + i < payloads.size(); i++) {
        line.append(" p").append(i).append('=').append(Payloads.quoted(payloads.get(from + i)));
      }
      executions.add(talk.say(line.toString()));
    }

    for (int batch = 0; batch < executions.size(); batch++) {
      String result = talk.result(executions.get(batch));
      assertThat(result).startsWith("✅").contains("files: 0");
      for (int i = 0; i < 10 && batch * 10 + i < payloads.size(); i++) {
        String payload = payloads.get(batch * 10 + i);
        assertThat(result).as(payload).contains("p" + i + " " + Payloads.hex(payload) + "\n");
      }
    }
  }
}
