package chatops.benchmarks.acknowledge;

import chatops.local.pack.UnpackedFunctions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where the contestants run: the unpacked packages, the peers that {@code benchmarks/run} fetched, and what all of them are
 * told. System properties say where things are.
 */
final class Course implements AutoCloseable {
  private static final String RIGHTS = """
      {"version":1,"language":"en","account":"1",
       "regions":{"default":"cn-hangzhou","allowed":["cn-hangzhou"]},
       "roles":{"default":"R","allowed":{"R":"acs:ram::1:role/R"}},
       "slack":{"workspaces":["T0001"],"apps":["A123456"]},
       "dingtalk":{"corporations":[]},
       "groups":{"operators":["slack:T0001/U1"]},
       "people":{},"channels":{},
       "rights":[{"who":["group:operators"],"where":["slack:T0001/C1"],
         "commands":["ecs status","ecs start"],"templates":["ECS-*"],"regions":["cn-hangzhou"]}],
       "approvals":{"bearerLinks":true,"approvers":["slack:T0001/U2"]},
       "outbound":{"hosts":["hooks.slack.com"]}}
      """;

  private final Path work;
  private final Path peers = folder("benchmarks.peers");
  private final Path newest = folder("benchmarks.jdk.newest");
  private final Path seventeen = folder("benchmarks.jdk.17");
  private final Certificate certificate = new Certificate(folder("benchmarks.certificate"));

  Course() throws IOException {
    work = Files.createTempDirectory("chatops-benchmark-");
    UnpackedFunctions.unpack(folder("benchmarks.packages"), work);
    if (hasBefore()) {
      UnpackedFunctions.unpack(folder("benchmarks.before"), work.resolve("before"));
    }
    Files.writeString(work.resolve("rights.json"), RIGHTS);
    Files.createDirectories(work.resolve("output"));
  }

  private static Path folder(String property) {
    return Path.of(Objects.requireNonNull(System.getProperty(property), property));
  }

  Certificate certificate() {
    return certificate;
  }

  /** What a contestant printed last. */
  Path output(String name) {
    return work.resolve("output").resolve(name);
  }

  /** Each takes what it knows. */
  Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("SLACK_SIGNING_SECRET", SlackCommand.SECRET);
    environment.put("CHATOPS_SEAL_KEYS", "k1:c2VhbC1rZXktbm9ib2R5LW1heS1zZWUtMDAwMDAwMDA=");
    environment.put("CHATOPS_LINK_KEY", "bGluay1rZXktbm9ib2R5LW1heS1zZWUtMDAwMDAwMDA=");
    environment.put("CHATOPS_RIGHTS", work.resolve("rights.json").toString());
    environment.put("CHATOPS_URL", "https://chatops.example.com");
    environment.put("EXECUTION_FUNCTION", "chatops-execution");
    environment.put("FC_REGION", "cn-hangzhou");
    environment.put("FC_ACCOUNT_ID", "1234567890123456");
    // Front has them of each request's headers
    environment.put("PEER_KEY", "STS.benchmark");
    environment.put("PEER_SECRET", "benchmark-secret");
    environment.put("PEER_TOKEN", "benchmark-token");
    return environment;
  }

  /** The package as it ships. */
  Contestant ours() {
    return new Contestant("front", List.of(work.resolve("front/bootstrap").toString()), work, true);
  }

  /** A package of an earlier time, to see in one run what a change brought; there where {@code BENCHMARK_BEFORE} names one. */
  List<Contestant> before() {
    return hasBefore()
        ? List.of(new Contestant(
            "front-before", List.of(work.resolve("before/front/bootstrap").toString()), work, true))
        : List.of();
  }

  private static boolean hasBefore() {
    return !System.getProperty("benchmarks.before", "").isEmpty();
  }

  Contestant python() {
    return new Contestant(
        "python",
        List.of(
            String.valueOf(System.getProperty("benchmarks.python")),
            peers.resolve("python/handler.py").toString()),
        work,
        false);
  }

  Contestant nodeBolt() {
    return new Contestant(
        "node-bolt", List.of("node", peers.resolve("node-bolt/app.js").toString()), work, false);
  }

  /** As its users run it: a Java that is installed, a class path, no options. */
  Contestant javaBolt17() throws IOException {
    return bolt("java-bolt-17", seventeen, List.of());
  }

  Contestant javaBolt25() throws IOException {
    return bolt("java-bolt-newest", newest, List.of());
  }

  /** With the options of our own package and an AOT cache trained on the same command. */
  Contestant javaBoltArchived() throws IOException {
    Path record = work.resolve("bolt.record");
    Path cache = work.resolve("bolt.aot");
    if (!Files.exists(cache)) {
      Contestant recording = bolt(
          "java-bolt-recording",
          newest,
          tricks("-XX:AOTMode=record", "-XX:AOTConfiguration=" + record));
      // over TLS, which loads what plain HTTP needs, too
      try (FunctionStub stub = FunctionStub.start(certificate)) {
        Contestant.Running running = recording.start(this, 2, stub.url());
        try (Conversation first = running.reach()) {
          first.acknowledged(SlackCommand.request(1));
        }
        running.terminate();
      }
      Contestant creating = bolt(
          "java-bolt-archiving",
          newest,
          tricks("-XX:AOTMode=create", "-XX:AOTConfiguration=" + record, "-XX:AOTCache=" + cache));
      made(creating.command());
    }
    return bolt("java-bolt-archived", newest, tricks("-XX:AOTCache=" + cache, "-Xlog:aot*=off"));
  }

  /** Nothing but a Java that prints a word, with every trick too. Started, it ends by itself. */
  List<String> bareJvm() throws IOException {
    Path record = work.resolve("bare.record");
    Path cache = work.resolve("bare.aot");
    if (!Files.exists(cache)) {
      made(bare("-XX:AOTMode=record", "-XX:AOTConfiguration=" + record));
      made(bare("-XX:AOTMode=create", "-XX:AOTConfiguration=" + record, "-XX:AOTCache=" + cache));
    }
    return bare("-XX:AOTCache=" + cache, "-Xlog:aot*=off");
  }

  private List<String> bare(String... options) {
    List<String> command = new ArrayList<>();
    command.add(newest.resolve("bin/java").toString());
    command.addAll(tricks(options));
    command.addAll(List.of("-cp", peers.resolve("bare-jvm/bare.jar").toString(), "Bare"));
    return command;
  }

  private static List<String> tricks(String... more) {
    List<String> options =
        new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    options.addAll(List.of(
        "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining", "-XX:-AOTReplayTraining"));
    options.addAll(List.of(more));
    return options;
  }

  private Contestant bolt(String name, Path jdk, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(jdk.resolve("bin/java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(jars(peers.resolve("java-bolt/lib")));
    command.add("Peer");
    return new Contestant(name, command, work, true);
  }

  private static String jars(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return String.join(":", list.map(Path::toString).sorted().toList());
    }
  }

  private void made(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output("made").toFile())
        .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command + " ended with " + process.exitValue() + ": "
            + Files.readString(output("made")));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }

  @Override
  public void close() throws IOException {
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(work)) {
      inside = walk.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path each : inside) {
      Files.delete(each);
    }
  }
}
