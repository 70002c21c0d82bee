package chatops.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.ecs.InstanceSpec;
import chatops.local.host.Machine;
import chatops.local.host.QuietHost;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts on their whole way: typed in Slack, run by Cloud Assistant in a sandbox, their output in the chat. */
@Tag("sandbox")
class ScriptsSandboxTest {
  /** As many as Cloud Assistant takes: a channel gets one message a second, so fewer executions are quicker. */
  private static final int VALUES = 20;

  private static final int NAMES = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String HEX = """
  hex:
    description: shows how values arrive, byte by byte
    run: |
      number=0
      while [ $number -lt 20 ]; do
        eval "value=\\$p$number"
        printf 'p%s %s\\n' $number "$(printf %s "$value" | od -An -v -tx1 | tr -d ' \\n')"
        number=$((number + 1))
      done
      echo "files: $(find /tmp /root -name 'pwned*' | wc -l)"
    parameters: {p0: {}, p1: {}, p2: {}, p3: {}, p4: {}, p5: {}, p6: {}, p7: {}, p8: {}, p9: {},
      p10: {}, p11: {}, p12: {}, p13: {}, p14: {}, p15: {}, p16: {}, p17: {}, p18: {}, p19: {}}
""";

  private static final String SEND = """
      FormatVersion: OOS-2019-06-01
      Parameters:
        instanceId: {Type: String}
        names: {Type: List}
        folders: {Type: List}
      Tasks:
        - Name: name
          Action: ACS::ExecuteAPI
          Properties:
            Service: ECS
            API: SendFile
            Parameters: {InstanceId: ['{{ instanceId }}'], Name: '{{ ACS::TaskLoopItem }}', TargetDir: /root/sent, Content: aGVsbG8=, ContentType: Base64}
          Loop: {Items: '{{ names }}'}
        - Name: folder
          Action: ACS::ExecuteAPI
          Properties:
            Service: ECS
            API: SendFile
            Parameters: {InstanceId: ['{{ instanceId }}'], Name: x, TargetDir: '/root/{{ ACS::TaskLoopItem }}', Content: aGVsbG8=, ContentType: Base64}
          Loop: {Items: '{{ folders }}'}
      """;
  /** Names of what was sent, in hexadecimal letters. */
  private static final String SENT =
      "for f in /root/sent/* /root/sent/.*; do [ -f \"$f\" ] && printf %s \"${f#/root/sent/}\" | od -An -v -tx1 | tr -d ' \\n' && echo .; done;"
          + " echo \"files: $(find /tmp -name 'pwned*' | wc -l)\"";

  @RegisterExtension
  static final SandboxedHost HOST =
      new SandboxedHost(Duration.ofSeconds(90), ScriptsSandboxTest::prepare);

  private static Machine machine;
  private static Talk talk;

  @BeforeAll
  static void start() {
    machine = HOST.machine();
    talk = HOST.talk();
  }

  /** With the templates that ship, and one that sends a file. */
  private static Path prepare(Path home) throws IOException {
    Files.writeString(home.resolve("chatops.yaml"), configuration());
    Path shipped = QuietHost.shipped();
    Path all = home.resolve("templates");
    try (Stream<Path> paths = Files.walk(shipped)) {
      for (Path path : paths.toList()) {
        Files.copy(path, all.resolve(shipped.relativize(path).toString()));
      }
    }
    Files.writeString(all.resolve("Send.yml"), SEND);
    return all;
  }

  /** The host's own configuration and one script more. */
  private static String configuration() throws IOException {
    try (InputStream own = Machine.class.getResourceAsStream("chatops.yaml")) {
      return new String(own.readAllBytes(), StandardCharsets.UTF_8)
          .replace("language: LANGUAGE", "language: en")
          .replace("scripts:\n", "scripts:\n" + HEX);
    }
  }

  @Test
  void what_a_script_wrote_on_each_instance_is_shown_with_its_exit_code() throws Exception {
    String result =
        talk.result(talk.say("/ecs run name:web-* -- echo \"I am $(hostname)\"; exit 0"));

    assertThat(result).startsWith("✅");
    for (int i = 1; i <= 4; i++) {
      assertThat(result)
          .contains("i-bp1demoweb0000000000" + i + "  exit 0")
          .contains("I am iZbp1demoweb0000000000" + i + "Z");
    }
  }

  @Test
  void a_script_that_fails_says_its_exit_code_and_its_last_words() throws Exception {
    String result = talk.result(
        talk.say("/ecs run i-bp1demodb00000000001 -- echo before; echo no space left >&2; exit 3"));

    assertThat(result)
        .contains("ExitCodeNonzero", "exit code 3", "before", "no space left")
        .doesNotStartWith("✅");
  }

  @Test
  void a_script_of_the_team_gets_values_and_no_text() throws Exception {
    String sent = talk.say(
        "/ecs run greet on i-bp1demodb00000000001 who=\"$(touch /tmp/x); `id` {{ ACS::RegionId }}\"");

    assertThat(talk.result(sent)).contains("hello $(touch /tmp/x); ˋidˋ {{ ACS::RegionId }}");
    assertThat(talk.result(talk.say("/ecs run i-bp1demodb00000000001 -- ls /tmp/x")))
        .contains("exit code 2");
  }

  @Test
  void a_cancel_stops_the_script_on_its_instance() throws Exception {
    String started = talk.say("/ecs run i-bp1demobatch00000001 -- sleep 1");
    assertThat(talk.result(started)).contains("InstanceNotRunning");
    String id = machine.cloud().fleet().launch(InstanceSpec.named("stopped-1"));
    String execution = talk.say("/ecs run " + id + " -- echo $$ >/root/pid; exec sleep 1000");
    talk.await(() -> machine.cloud().log().of("Ecs", "DescribeInvocationResults").stream()
        .filter(call -> id.equals(call.parameters().get("InstanceId")))
        .findFirst());

    talk.shown("/oos cancel " + execution);

    talk.await(() -> machine.cloud().log().of("Ecs", "StopInvocation").stream().findFirst());
    assertThat(talk.result(execution)).contains("cancelled");
    assertThat(talk.result(talk.say("/ecs run " + id + " -- kill -0 $(cat /root/pid)")))
        .contains("exit code 1");
  }

  @Test
  void a_hundred_values_full_of_signs_arrive_as_they_were_typed_and_change_nothing()
      throws Exception {
    List<String> payloads = Payloads.all();
    assertThat(payloads).hasSizeGreaterThanOrEqualTo(100);
    List<String> executions = new ArrayList<>();
    List<String> instances = new ArrayList<>();
    for (int from = 0; from < payloads.size(); from += VALUES) {
      String id = machine.cloud().fleet().launch(InstanceSpec.named("payload-" + from));
      StringBuilder line = new StringBuilder("/ecs run hex on " + id);
      for (int i = 0; i < VALUES; i++) {
        String payload = from + i < payloads.size() ? payloads.get(from + i) : "";
        line.append(" p").append(i).append('=').append(Payloads.quoted(payload));
      }
      instances.add(id);
      executions.add(talk.say(line.toString()));
    }

    for (int batch = 0; batch < executions.size(); batch++) {
      String result = talk.result(executions.get(batch));
      for (int i = 0; i < VALUES && batch * VALUES + i < payloads.size(); i++) {
        String payload = payloads.get(batch * VALUES + i);
        assertThat(result).as(payload).contains("p" + i + " " + Payloads.hex(payload) + "\n");
      }
      assertThat(result).contains("files: 0");
    }
  }

  @Test
  void a_hundred_file_names_and_folders_full_of_signs_are_names_and_nothing_else()
      throws Exception {
    List<String> payloads = Payloads.all();
    List<String> instances = new ArrayList<>();
    List<String> executions = new ArrayList<>();
    for (int from = 0; from < payloads.size(); from += NAMES) {
      List<String> folders = payloads.subList(from, Math.min(payloads.size(), from + NAMES));
      // a slash is no part of a file's name, but one of a folder's
      List<String> names =
          folders.stream().map(payload -> payload.replace('/', '_')).toList();
      String id = machine.cloud().fleet().launch(InstanceSpec.named("names-" + from));
      instances.add(id);
      executions.add(talk.say("/oos run Send instanceId=" + id + " names="
          + Payloads.quoted(JSON.writeValueAsString(names)) + " folders="
          + Payloads.quoted(JSON.writeValueAsString(folders))));
    }
    for (String execution : executions) {
      assertThat(talk.result(execution)).startsWith("✅");
    }

    for (int batch = 0; batch < instances.size(); batch++) {
      String result = talk.result(talk.say("/ecs run " + instances.get(batch) + " -- " + SENT));
      assertThat(result).contains("files: 0");
      int end = Math.min(payloads.size(), (batch + 1) * NAMES);
      for (String payload : payloads.subList(batch * NAMES, end)) {
        assertThat(result).as(payload).contains(Payloads.hex(payload.replace('/', '_')) + ".\n");
      }
    }
    System.out.println("long-job: file names: " + 2 * payloads.size() + " files sent to "
        + instances.size() + " instances");
  }

  @ParameterizedTest
  @CsvSource({"powershell, RunPowerShellScript", "bat, RunBatScript"})
  void a_script_for_windows_is_only_simulated_and_says_so(String type, String sent)
      throws Exception {
    String id =
        machine.cloud().fleet().launch(InstanceSpec.named("windows-" + type).windows());

    String result = talk.result(talk.say("/ecs run " + id + " --type " + type + " -- hostname"));

    assertThat(result)
        .startsWith("✅")
        .contains("simulated: the script was not run on " + id, "only simulated");
    assertThat(machine.cloud().log().of("Ecs", "RunCommand"))
        .anyMatch(
            call -> call.parameters().containsValue(id) && call.parameters().containsValue(sent));
  }

  @Test
  void a_script_of_the_other_kind_is_refused_with_its_cause() throws Exception {
    String id = machine.cloud().fleet().launch(InstanceSpec.named("windows-sh").windows());

    assertThat(talk.result(talk.say("/ecs run " + id + " -- hostname")))
        .doesNotStartWith("✅")
        .contains("InvalidInstance.NotMatch", "--type powershell");
  }
}
