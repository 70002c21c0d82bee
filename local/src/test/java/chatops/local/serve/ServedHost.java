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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What {@code serve} needs around it: a simulated cloud that outlives it, a configuration, templates, and its process. */
final class ServedHost {
  final CloudSim cloud;
  private final Path folder;
  private final int port;
  private final Map<String, String> environment;

  ServedHost(CloudSim cloud, Path folder) throws IOException {
    this.cloud = cloud;
    this.folder = folder;
    this.port = freePort();
    cloud.slack().channel(Cast.OPERATIONS, "operations");
    URI front = URI.create("http://127.0.0.1:" + port);
    cloud.slack().pointAt(front.resolve("/slack/command"), front.resolve("/slack/interactive"));
    configuration(folder);
    Files.createDirectories(folder.resolve("templates"));
    environment = environment(cloud);
    environment.put("CHATOPS_TEMPLATES", folder.resolve("templates").toString());
  }

  static CloudSim cloud() {
    return CloudSim.builder()
        .accountId("1234567890123456")
        .slackIds(Cast.TEAM, Cast.APP)
        .start();
  }

  /** @param text {@code HOOK} in it becomes the web hook of a DingTalk group's robot */
  void template(String name, String text) throws IOException {
    cloud.dingTalk().groups().add(Cast.GROUP, "Operations");
    URI hook =
        cloud.dingTalk().webhook(cloud.dingTalk().robots().withKeywords(Cast.GROUP, "robot", "go"));
    Files.writeString(
        folder.resolve("templates").resolve(name + ".yml"), text.replace("HOOK", hook.toString()));
  }

  /** The shipped configuration, in English. @return its file */
  static Path configuration(Path folder) throws IOException {
    Path yaml = folder.resolve("chatops.yaml");
    try (InputStream shipped = Cast.class.getResourceAsStream("chatops.yaml")) {
      assertThat(shipped).isNotNull();
      Files.writeString(
          yaml,
          new String(shipped.readAllBytes(), StandardCharsets.UTF_8)
              .replace("language: LANGUAGE", "language: en"));
    }
    return yaml;
  }

  /** What {@code serve} reads, for a machine of this cloud that may assume the operators' role. */
  static Map<String, String> environment(CloudSim cloud) {
    Principal.RamUser machine = cloud.identities().user("machine", Policy.allow("sts:AssumeRole"));
    cloud.identities().role("OOSServiceRole", Policy.allow("ecs:*"), machine.arn());
    Map<String, String> values = new TreeMap<>();
    values.put("ALIBABA_CLOUD_ACCESS_KEY_ID", machine.accessKeyId());
    values.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", machine.accessKeySecret());
    values.put("SLACK_SIGNING_SECRET", cloud.slack().app().signingSecret());
    values.put("DINGTALK_APP_SECRET", cloud.dingTalk().app().appSecret());
    values.put("CHATOPS_SEAL_KEYS", "k1:c2VhbC1rZXktbm9ib2R5LW1heS1zZWUtMDAwMDAwMDA=");
    values.put("CHATOPS_LINK_KEY", "bGluay1rZXktbm9ib2R5LW1heS1zZWUtMDAwMDAwMDA=");
    values.put("CHATOPS_URL", "https://chatops.example.com");
    values.put("CHATOPS_ENDPOINTS", "*=" + cloud.openApiUrl());
    values.put("CHATOPS_OUTBOUND_LOOPBACK", "true");
    return values;
  }

  /** The command line's own {@code serve}. */
  Process start() throws IOException, InterruptedException {
    return start(
        List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()),
        List.of(
            "serve",
            "--config",
            folder.resolve("chatops.yaml").toString(),
            "--state",
            folder.resolve("state").toString(),
            "--listen",
            "127.0.0.1:" + port,
            "--watch",
            "127.0.0.1:0"));
  }

  /** @param java options, class path and main class, which gets the folder and the port */
  Process start(List<String> java) throws IOException, InterruptedException {
    return start(java, List.of(folder.toString(), String.valueOf(port)));
  }

  private Process start(List<String> java, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Dchatops.root=" + System.getProperty("chatops.root", "..")));
    command.addAll(java);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Files.deleteIfExists(log());
    Process process =
        builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
    for (int i = 0; i < 3000 && process.isAlive() && !said().contains("serves on"); i++) {
      Thread.sleep(10);
    }
    assertThat(said()).contains("serves on");
    return process;
  }

  private Path log() {
    return folder.resolve("log");
  }

  /** What the process has printed. */
  String said() throws IOException {
    return Files.readString(log());
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}
