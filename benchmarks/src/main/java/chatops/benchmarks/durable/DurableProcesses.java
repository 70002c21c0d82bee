package chatops.benchmarks.durable;

import chatops.benchmarks.acknowledge.Load;
import chatops.benchmarks.acknowledge.Ratio;
import chatops.benchmarks.acknowledge.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Table 4: start, call, approval, call, call, end at one thread and at eight, and a loop of 1,000 calls, all durable. Each
 * contestant is a process that stays; a round measures each once, in a new order.
 */
public final class DurableProcesses {
  private static final int ITEMS = 1000;
  private static final int CONCURRENCY = 20;
  private static final int SLICE_SECONDS = 1;

  /** As {@code ./chatops serve} chooses, for everybody. */
  private static final String COLLECTOR = "-XX:+UseSerialGC";

  private static final Pattern COMMITS = Pattern.compile("^([0-9.]+) commits");

  private final Map<String, Samples> one = new LinkedHashMap<>();
  private final Map<String, Samples> eight = new LinkedHashMap<>();
  private final Map<String, Samples> loop = new LinkedHashMap<>();
  private final Map<String, Integer> slices = new LinkedHashMap<>();

  private DurableProcesses() {}

  /** @param arguments the number of rounds */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    List<Ratio> ratios = new DurableProcesses().measured(rounds);
    ratios.forEach(System.out::println);
    System.exit(ratios.stream().allMatch(Ratio::holds) ? 0 : 1);
  }

  private static String property(String name) {
    return Objects.requireNonNull(System.getProperty(name), name);
  }

  private List<Ratio> measured(int rounds) throws IOException {
    Path work = Files.createDirectories(Path.of(property("benchmarks.durable")));
    String classes = property("java.class.path");
    String java = Path.of(property("benchmarks.jdk.newest"), "bin/java").toString();
    Path peers = Path.of(property("benchmarks.peers"));
    String postgres = property("benchmarks.postgres");
    String stage = classes.split(":", 2)[0];
    try (Performer raw = performer("raw", work, java, classes, RawCommits.class, work + "/raw.db");
        Performer ours =
            performer("fc-chatops", work, java, classes, OurEngine.class, work + "/ours.db");
        Performer dbos = peer("dbos", work, java, peers, stage, postgres + "/dbos");
        Performer flowable = peer("flowable", work, java, peers, stage, postgres + "/flowable")) {
      List<Performer> all = new ArrayList<>(List.of(raw, ours, dbos, flowable));
      System.out.println(Load.line());
      for (Performer each : all) {
        warm(each, each != raw);
      }
      Random random = new Random(20261129);
      String facts = "";
      for (int round = 0; round < rounds; round++) {
        Collections.shuffle(all, random);
        for (Performer each : all) {
          int slice = Objects.requireNonNull(slices.get(each.name()));
          each.facts();
          put(one, each, each.rate(1, slice));
          if (each == raw) {
            continue;
          }
          put(eight, each, each.rate(8, 2 * slice));
          if (each == ours) {
            facts = ours.facts();
          }
          put(loop, each, each.loopMillis(ITEMS, CONCURRENCY));
        }
        System.err.println("  round " + (round + 1) + " of " + rounds);
      }
      System.out.println("per execution: " + facts);
      System.out.println("raw store: " + raw.facts());
      System.out.println(Load.line());
      table();
      Matcher found = COMMITS.matcher(facts);
      return ratios(found.find() ? Double.parseDouble(found.group(1)) : 0);
    }
  }

  private static Performer performer(
      String name, Path work, String java, String classes, Class<?> program, String argument)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(java, COLLECTOR));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", classes, program.getName(), argument));
    return new Performer(name, command, work.resolve(name + ".err"));
  }

  private static Performer peer(
      String name, Path work, String java, Path peers, String stage, String database)
      throws IOException {
    String classes = peers.resolve(name) + "/lib/*:" + stage;
    return new Performer(
        name,
        List.of(java, COLLECTOR, "-cp", classes, "Peer", database),
        work.resolve(name + ".err"));
  }

  /** Three times until the compiler has seen everything; then it is known how many fill a slice. */
  private void warm(Performer performer, boolean hasLoops) throws IOException {
    double rate = 0;
    for (int i = 0; i < 3; i++) {
      rate = performer.rate(1, 300);
      if (hasLoops) {
        performer.rate(8, 600);
        performer.loopMillis(ITEMS, CONCURRENCY);
      }
    }
    slices.put(performer.name(), Math.max(20, (int) (rate * SLICE_SECONDS)));
  }

  private static void put(Map<String, Samples> table, Performer performer, double value) {
    table.computeIfAbsent(performer.name(), none -> new Samples()).add(value);
  }

  private void table() {
    System.out.printf(
        Locale.ROOT, "%-12s %10s %10s %10s%n", "", "1 thread", "8 threads", "loop ms");
    for (String name : List.of("raw", "fc-chatops", "dbos", "flowable")) {
      System.out.printf(
          Locale.ROOT,
          "%-12s %10.0f %10s %10s%n",
          name,
          median(one, name),
          eight.containsKey(name) ? String.format(Locale.ROOT, "%.0f", median(eight, name)) : "",
          loop.containsKey(name) ? String.format(Locale.ROOT, "%.0f", median(loop, name)) : "");
    }
  }

  private static double median(Map<String, Samples> table, String name) {
    return Objects.requireNonNull(table.get(name)).median();
  }

  private List<Ratio> ratios(double commits) {
    String ours = "fc-chatops";
    double floor = median(one, "raw") / commits;
    return List.of(
        Ratio.atLeast("durable.1-thread.dbos", median(one, ours) / median(one, "dbos"), 3),
        Ratio.atLeast("durable.1-thread.raw-commits", median(one, ours) / floor, 0.6),
        Ratio.atLeast("durable.8-threads.dbos", median(eight, ours) / median(eight, "dbos"), 5),
        Ratio.atMost("durable.loop.dbos", median(loop, ours) / median(loop, "dbos"), 0.3));
  }
}
