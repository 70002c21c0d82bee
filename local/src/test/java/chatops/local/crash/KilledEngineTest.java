package chatops.local.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine on SQLite is killed with signal 9 at a place; the next process on the same file goes on. */
class KilledEngineTest {
  private static final long SEED = 20261121;
  private static final List<String> TEMPLATES = List.of("commands", "deletions", "ask");
  private static final int PLACES = 26;

  @TempDir
  private Path folder;

  private final Map<String, Integer> effects = new HashMap<>();
  private final Set<String> tokens = new HashSet<>();
  private final Map<String, Integer> killedAt = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-01T08:00:00Z");
  private EngineClasses classes = EngineClasses.plain();
  private int executions;
  private int processes;
  private int kills;

  @Test
  void three_kills_change_nothing() throws Exception {
    kill(3);

    assertThat(violations).isEmpty();
    assertThat(kills).isEqualTo(3);
  }

  @Test
  @Tag("long")
  void five_hundred_kills_change_nothing() throws Exception {
    classes = EngineClasses.archiving(folder);
    live("", 0, TEMPLATES.size());
    classes = classes.archived(folder);
    long begin = System.nanoTime();
    kill(500);
    long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();

    System.out.println("long-job: KilledEngine seed=" + SEED + " count=" + kills + " executions="
        + executions + " violations=" + violations.size() + " seconds=" + seconds + " at="
        + killedAt);
    assertThat(violations).isEmpty();
    assertThat(kills).isEqualTo(500);
  }

  private void kill(int times) throws Exception {
    Random random = new Random(SEED);
    String unfinished = "";
    while (kills < times || !unfinished.isEmpty()) {
      boolean isLast = kills == times;
      unfinished =
          live(unfinished, isLast ? 0 : 1 + random.nextInt(PLACES), isLast ? 0 : Integer.MAX_VALUE);
    }
  }

  /**
   * One process: goes on with what the one before it left, then plays new executions until it is killed.
   *
   * @param at place of its new execution at which it dies; 0 lets it end well
   * @param most new executions
   * @return what it was killed in
   */
  private String live(String unfinished, int at, int most) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(60_000);
      Process process = start(server.getLocalPort());
      try (Socket socket = server.accept()) {
        socket.setSoTimeout(60_000);
        BufferedReader in = new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(socket.getOutputStream(), true, StandardCharsets.UTF_8);
        String playing = "";
        int place = 0;
        int played = 0;
        while (true) {
          String line = in.readLine();
          if (line == null) {
            throw new AssertionError("the process ended by itself while " + playing);
          }
          String[] said = line.split(" ", 3);
          now = Instant.parse(said[0]);
          switch (said[1]) {
            case "next" -> {
              boolean isFirst = !unfinished.isEmpty();
              playing = isFirst ? unfinished : played++ < most ? wish() : "";
              unfinished = "";
              place = isFirst ? -10_000 : Math.max(place, 0);
              out.println(playing);
              if (playing.isEmpty()) {
                process.waitFor();
                return "";
              }
            }
            case "at" -> {
              place++;
              if (at > 0 && place == at) {
                process.destroyForcibly().waitFor();
                kills++;
                killedAt.merge(said[2], 1, Integer::sum);
                return playing;
              }
              out.println("go");
            }
            case "call" -> out.println(land(said[2]));
            case "happened?" -> out.println(hasHappened(said[2]) ? "yes" : "no");
            default -> {
              judge(said[2], playing);
              out.println("heard");
            }
          }
        }
      } finally {
        process.destroyForcibly();
      }
    }
  }

  private String wish() {
    String template = TEMPLATES.get(executions % TEMPLATES.size());
    return String.format("exec-kill%08d %s", ++executions, template);
  }

  private Process start(int port) throws IOException {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC"));
    command.addAll(classes.options());
    command.addAll(List.of(
        KilledEngine.class.getName(),
        String.valueOf(port),
        folder.resolve("engine.db").toString(),
        now.toString(),
        "process-" + ++processes));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out.txt").toFile())
        .start();
  }

  /** The cloud: a known token is no second effect. */
  private String land(String call) {
    String[] parts = call.split(" ", 4);
    int from = parts[3].indexOf("ClientToken");
    String token = from < 0 ? "" : parts[3].substring(from);
    if (from < 0 || tokens.add(parts[2] + token)) {
      effects.merge(parts[2] + " " + parts[1], 1, Integer::sum);
    }
    return "{\"InvokeId\":\"t\",\"Done\":\"d\"}";
  }

  /** The first deletion of a template with two is the first task. */
  private boolean hasHappened(String question) {
    String[] parts = question.split(" ", 2);
    int found = effects.getOrDefault(parts[0] + " DeleteThing", 0);
    boolean isSecond = parts[1].endsWith("t0003");
    return found >= (isSecond ? 2 : 1);
  }

  private void judge(String ended, String playing) {
    String id = playing.split(" ", 2)[0];
    String template = playing.split(" ", 2)[1];
    if (!ended.startsWith(id + " Success")) {
      violations.add(playing + ": " + ended);
    }
    int commands = effects.getOrDefault(id + " RunCommand", 0);
    int deletions = effects.getOrDefault(id + " DeleteThing", 0);
    boolean isRight = switch (template) {
      case "commands" -> commands == 2 && deletions == 0;
      case "deletions" -> commands == 0 && deletions == 2;
      default -> commands == 1 && deletions == 1;
    };
    if (!isRight) {
      violations.add(playing + ": " + commands + " commands, " + deletions + " deletions");
    }
  }
}
