package chatops.local.serve;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.render.Message.Mark;
import chatops.cloudsim.CloudSim;
import chatops.cloudsim.cloud.CallRecord;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.slack.Interaction;
import chatops.cloudsim.slack.SlackMessage;
import chatops.local.crash.EngineClasses;
import chatops.local.host.Cast;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole host of one machine, killed with signal 9 at random moments while commands come in and approvals are given; the cloud
 * and the chat outlive it. What was accepted comes to its end, and nothing has an effect twice. Where the disk was full in between,
 * what was accepted comes to its end, or has not begun and whoever asked was told.
 */
@Tag("long")
class KilledServiceTest {
  private static final long SEED = 20261130;
  private static final int KILLS = Integer.getInteger("chatops.kills", 500);
  private static final int LONGEST_LIFE_MS = 1500;
  private static final String STATE = "chatops.state";
  private static final String DISK = "chatops.small-disk";
  private static final String INSTANCE = "i-bp1demoweb00000000001";
  private static final Pattern EXECUTION = Pattern.compile("exec-[a-z2-7]{26}");
  private static final String WORK = """
      FormatVersion: OOS-2019-06-01
      RamRole: OOSServiceRole
      Parameters:
        mark: {Type: String}
      Tasks:
        - Name: one
          Action: ACS::ExecuteAPI
          Properties: {Service: ecs, API: RunCommand, Parameters: {Type: RunShellScript, CommandContent: 'true', Name: '{{ mark }}-one', InstanceId: [INSTANCE]}}
        - Name: ask
          Action: ACS::Approve
          Properties: {NotifyType: WebHook, WebHook: {URI: 'HOOK', Content: {msgtype: text, text: {content: go}}}}
        - Name: two
          Action: ACS::ExecuteAPI
          Properties: {Service: ecs, API: RunCommand, Parameters: {Type: RunShellScript, CommandContent: 'true', Name: '{{ mark }}-two', InstanceId: [INSTANCE]}}
      """;

  @TempDir
  Path folder = Path.of("");

  private final Map<String, String> accepted = new LinkedHashMap<>();
  private final Set<String> asking = new LinkedHashSet<>();
  private final Set<String> toldFailed = new HashSet<>();
  private Path state = Path.of("");
  private int refused;
  private long seen;

  /** A host that looks for lost wake-ups all the time; arguments: the folder, the port of Front. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    java.io.PrintStream log = Service.logging(System.out);
    Service service = Service.start(
        new Service.Plan(
            folder.resolve("chatops.yaml"),
            Path.of(System.getProperty(STATE)),
            new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[1])),
            new InetSocketAddress("127.0.0.1", 0),
            folder.resolve("templates"),
            Duration.ofMillis(500),
            System.getenv()),
        log);
    Runtime.getRuntime().addShutdownHook(new Thread(service::close));
    log.println("serves on " + service.front());
    Thread.currentThread().join();
  }

  @Test
  void what_was_accepted_comes_to_its_end_and_happens_once() throws Exception {
    state = folder.resolve("state");

    Map<String, Set<String>> effects = play("KilledService", null);

    assertThat(accepted).hasSizeGreaterThan(KILLS / 2);
    for (String mark : accepted.values()) {
      assertThat(effects.get(mark + "-one")).as("%s-one", mark).hasSize(1);
      assertThat(effects.get(mark + "-two")).as("%s-two", mark).hasSize(1);
    }
    assertThat(effects.values()).allSatisfy(tokens -> assertThat(tokens).hasSize(1));
  }

  /** The property names a folder on a file system of 64 MB or so, which is filled. */
  @Test
  @EnabledIfSystemProperty(named = DISK, matches = ".+")
  void where_the_disk_was_full_it_comes_to_its_end_or_has_not_begun_and_that_was_told()
      throws Exception {
    Path disk = Files.createTempDirectory(Path.of(System.getProperty(DISK)), "chatops");
    state = disk.resolve("state");

    Map<String, Set<String>> effects = play("FullService", new SmallDisk(disk.resolve("ballast")));

    Map<String, String> states = states();
    assertThat(accepted).hasSizeGreaterThan(KILLS / 2);
    accepted.forEach((id, mark) -> {
      int times = isExcused(id, states) ? 0 : 1;
      assertThat(effects.getOrDefault(mark + "-one", Set.of()))
          .as("%s-one", mark)
          .hasSize(times);
      assertThat(effects.getOrDefault(mark + "-two", Set.of()))
          .as("%s-two", mark)
          .hasSize(times);
    });
    assertThat(effects.values()).allSatisfy(tokens -> assertThat(tokens).hasSize(1));
  }

  /** @return what had an effect, see {@link #effects} */
  private Map<String, Set<String>> play(String name, @Nullable SmallDisk disk) throws Exception {
    Random random = new Random(SEED);
    long begin = System.nanoTime();
    try (CloudSim cloud = ServedHost.cloud()) {
      cloud.fleet().launch(InstanceSpec.named("web-1").id(INSTANCE));
      ServedHost host = new ServedHost(cloud, folder);
      host.template("Work", WORK.replace("INSTANCE", INSTANCE));
      EngineClasses classes = EngineClasses.archiving(folder);
      Process first = host.start(java(classes));
      first.destroy();
      first.waitFor();
      classes = classes.archived(folder);

      for (int kill = 0; kill < KILLS; kill++) {
        Process process = host.start(java(classes));
        try {
          say(cloud, "m" + kill);
          Thread.sleep(random.nextInt(LONGEST_LIFE_MS));
          if (disk != null) {
            disk.fill();
            say(cloud, "full" + kill);
          }
          approve(cloud, 3);
          Thread.sleep(random.nextInt(LONGEST_LIFE_MS / 5));
          if (disk != null && random.nextBoolean()) {
            disk.free();
            approve(cloud, 3);
            Thread.sleep(random.nextInt(LONGEST_LIFE_MS / 5));
          }
        } finally {
          process.destroyForcibly();
          process.waitFor();
        }
        if (disk != null) {
          disk.free();
        }
      }
      Process last = host.start(java(classes));
      try {
        settle(cloud, host, disk != null);
      } finally {
        last.destroy();
        last.waitFor();
      }
      Map<String, Set<String>> effects = effects(cloud);
      System.out.println("long-job: " + name + " seed=" + SEED + " kills=" + KILLS + " accepted="
          + accepted.size() + " refused=" + refused + " told-failed=" + toldFailed.size()
          + " effects=" + effects.size() + " seconds="
          + Duration.ofNanos(System.nanoTime() - begin).toSeconds());
      return effects;
    }
  }

  private List<String> java(EngineClasses classes) {
    return java.util.stream.Stream.of(
            classes.options(),
            List.of("-D" + STATE + "=" + state, KilledServiceTest.class.getName()))
        .flatMap(List::stream)
        .toList();
  }

  /** Told that it failed, and not begun. */
  private boolean isExcused(String id, Map<String, String> states) {
    return toldFailed.contains(id) && !states.containsKey(id);
  }

  private void say(CloudSim cloud, String mark) {
    Interaction said =
        cloud.slack().command(Cast.ANN.slack(), Cast.OPERATIONS, "/oos run Work mark=" + mark);
    String shown = said.shown().map(message -> message.json().toString()).orElse("");
    Matcher execution = EXECUTION.matcher(shown);
    if (said.status() == 200 && shown.contains(Mark.ACCEPTED.sign()) && execution.find()) {
      accepted.put(execution.group(), mark);
    } else {
      refused++;
    }
  }

  /** Bo approves what asks, the oldest first; what the host does not take any more is approved another time. */
  private void approve(CloudSim cloud, int most) {
    for (SlackMessage message : cloud.slack().channels().since(seen)) {
      seen = Math.max(seen, message.number());
      String all = message.json().toString();
      Matcher execution = EXECUTION.matcher(all);
      if (execution.find()) {
        if (all.contains(Mark.FAILED.sign())) {
          toldFailed.add(execution.group());
        }
        if (all.contains("\"approve\"")) {
          asking.add(execution.group());
        } else if (all.contains(Mark.SUCCESS.sign() + " Work")) {
          asking.remove(execution.group());
        }
      }
    }
    asking.stream().limit(most).toList().forEach(each -> {
      cloud.slack().command(Cast.BO.slack(), Cast.OPERATIONS, "/oos approve " + each);
      // to the end of the line, so that one that is stuck stops nobody
      asking.remove(each);
      asking.add(each);
    });
  }

  private void settle(CloudSim cloud, ServedHost host, boolean mayFail) throws Exception {
    for (int i = 0; i < 1200; i++) {
      Map<String, String> states = states();
      Set<String> left = new HashSet<>(accepted.keySet());
      left.removeIf(each -> states.getOrDefault(each, "absent").equals("Success"));
      left.removeIf(each -> mayFail && isExcused(each, states));
      if (left.isEmpty()) {
        return;
      }
      approve(cloud, 0);
      for (String each : left.stream().limit(20).toList()) {
        if (states.getOrDefault(each, "").equals("Waiting")) {
          cloud.slack().command(Cast.BO.slack(), Cast.OPERATIONS, "/oos approve " + each);
        }
      }
      Thread.sleep(500);
    }
    Map<String, String> states = states();
    Map<String, String> left = new HashMap<>();
    accepted.keySet().forEach(each -> left.put(each, states.getOrDefault(each, "absent")));
    left.values().removeIf("Success"::equals);
    throw new AssertionError("not at their end: " + left + "\n" + host.said());
  }

  private Map<String, String> states() throws SQLException {
    Map<String, String> states = new HashMap<>();
    try (Connection store =
            DriverManager.getConnection("jdbc:sqlite:" + state.resolve("chatops.db"));
        Statement statement = store.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, status FROM execution")) {
      while (rows.next()) {
        states.put(rows.getString(1), rows.getString(2));
      }
    }
    return states;
  }

  /** Tokens by the name of the command: the cloud runs a command once for each. */
  private static Map<String, Set<String>> effects(CloudSim cloud) {
    Map<String, Set<String>> effects = new HashMap<>();
    for (CallRecord call : cloud.log().of("Ecs", "RunCommand")) {
      if (call.status() == 200) {
        effects
            .computeIfAbsent(String.valueOf(call.parameters().get("Name")), none -> new HashSet<>())
            .add(String.valueOf(call.parameters().get("ClientToken")));
      }
    }
    return effects;
  }
}
