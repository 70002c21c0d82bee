package chatops.local.serve;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.local.Main;
import chatops.local.host.Cast;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as systemd has it: a process that is told to end while an approval is waited for, and started again. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ServedProcessTest {
  private static final Pattern EXECUTION = Pattern.compile("exec-[a-z2-7]{26}");
  private static final int TERMINATED = 128 + 15;
  private static final String ASK = """
      FormatVersion: OOS-2019-06-01
      RamRole: OOSServiceRole
      Tasks:
        - Name: ask
          Action: ACS::Approve
          Properties: {NotifyType: WebHook, WebHook: {URI: 'HOOK', Content: {msgtype: text, text: {content: go}}}}
        - Name: look
          Action: ACS::ExecuteAPI
          Properties: {Service: ecs, API: DescribeInstances, Parameters: {}}
      """;

  @TempDir
  Path folder = Path.of("");

  @Test
  void what_waits_at_sigterm_is_decided_after_the_next_start() throws Exception {
    try (CloudSim cloud = CloudSim.builder()
        .accountId("1234567890123456")
        .slackIds(Cast.TEAM, Cast.APP)
        .start()) {
      cloud.slack().channel(Cast.OPERATIONS, "operations");
      int port = freePort();
      URI front = URI.create("http://127.0.0.1:" + port);
      cloud.slack().pointAt(front.resolve("/slack/command"), front.resolve("/slack/interactive"));
      settings(cloud);

      Process first = start(cloud, port);
      cloud.slack().command(Cast.ANN.slack(), Cast.OPERATIONS, "/oos run Ask");
      String execution = awaited(cloud, "Approval wanted");
      first.destroy();
      assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(first.exitValue()).as(said()).isEqualTo(TERMINATED);

      Process second = start(cloud, port);
      try {
        cloud.slack().command(Cast.BO.slack(), Cast.OPERATIONS, "/oos approve " + execution);
        awaited(cloud, "✅ Ask");
        assertThat(cloud.log().of("Ecs", "DescribeInstances")).hasSize(1);
      } finally {
        second.destroy();
        second.waitFor();
      }
    }
  }

  private void settings(CloudSim cloud) throws IOException {
    try (InputStream shipped = Cast.class.getResourceAsStream("chatops.yaml")) {
      assertThat(shipped).isNotNull();
      Files.writeString(
          folder.resolve("chatops.yaml"),
          new String(shipped.readAllBytes(), StandardCharsets.UTF_8)
              .replace("language: LANGUAGE", "language: en"));
    }
    Path templates = Files.createDirectories(folder.resolve("templates"));
    Files.writeString(templates.resolve("Ask.yml"), ASK.replace("HOOK", hook(cloud)));
  }

  private static String hook(CloudSim cloud) {
    cloud.dingTalk().groups().add(Cast.GROUP, "Operations");
    return cloud
        .dingTalk()
        .webhook(cloud.dingTalk().robots().withKeywords(Cast.GROUP, "robot", "go"))
        .toString();
  }

  private Process start(CloudSim cloud, int port) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-Dchatops.root=" + System.getProperty("chatops.root", ".."),
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName(),
        "serve",
        "--config",
        folder.resolve("chatops.yaml").toString(),
        "--state",
        folder.resolve("state").toString(),
        "--listen",
        "127.0.0.1:" + port,
        "--watch",
        "127.0.0.1:0"));
    Principal.RamUser machine = cloud.identities().user("machine", Policy.allow("sts:AssumeRole"));
    cloud.identities().role("OOSServiceRole", Policy.allow("ecs:*"), machine.arn());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", machine.accessKeyId());
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", machine.accessKeySecret());
    environment.put("SLACK_SIGNING_SECRET", cloud.slack().app().signingSecret());
    environment.put("DINGTALK_APP_SECRET", cloud.dingTalk().app().appSecret());
    environment.put("CHATOPS_SEAL_KEYS", "k1:c2VhbC1rZXktbm9ib2R5LW1heS1zZWUtMDAwMDAwMDA=");
    environment.put("CHATOPS_LINK_KEY", "bGluay1rZXktbm9ib2R5LW1heS1zZWUtMDAwMDAwMDA=");
    environment.put("CHATOPS_URL", "https://chatops.example.com");
    environment.put("CHATOPS_ENDPOINTS", "*=" + cloud.openApiUrl());
    environment.put("CHATOPS_OUTBOUND_LOOPBACK", "true");
    environment.put("CHATOPS_TEMPLATES", folder.resolve("templates").toString());
    Files.deleteIfExists(log());
    Process process =
        builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
    for (int i = 0; i < 600 && process.isAlive() && !said().contains("serves on"); i++) {
      Thread.sleep(50);
    }
    assertThat(said()).contains("serves on");
    return process;
  }

  private Path log() {
    return folder.resolve("log");
  }

  private String said() throws IOException {
    return Files.readString(log());
  }

  /** @return the execution that a message of the chat with this sign names, or an empty text */
  private String awaited(CloudSim cloud, String sign) throws IOException, InterruptedException {
    for (int i = 0; i < 1200; i++) {
      for (var message : cloud.slack().channels().since(0)) {
        String all = message.json().toString();
        if (all.contains(sign)) {
          Matcher found = EXECUTION.matcher(all);
          return found.find() ? found.group() : "";
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError(
        "no message with " + sign + ": " + cloud.slack().channels().since(0) + "\n" + said());
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}
