package chatops.benchmarks.execution;

import chatops.benchmarks.acknowledge.Load;
import chatops.benchmarks.acknowledge.Ratio;
import chatops.benchmarks.acknowledge.Samples;
import chatops.chat.Language;
import chatops.chat.render.Message.Mark;
import chatops.cloudsim.ecs.Pace;
import chatops.cloudsim.slack.SlackMessage;
import chatops.local.host.Cast;
import chatops.local.host.DataDirectory;
import chatops.local.host.Machine;
import chatops.local.pack.UnpackedFunctions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The second half of table 1: from the start of the packed Execution to its first call of ECS, with the template parsed, the role
 * assumed and the first checkpoint on (simulated) Tablestore before it; with and without the archive in turn.
 */
public final class ColdExecution {
  private static final String LINE = "/ecs start i-bp1demobatch00000001";
  private static final long PATIENCE = 60_000_000_000L;

  private ColdExecution() {}

  /** @param arguments the number of rounds */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    Path packages = Path.of(Objects.requireNonNull(System.getProperty("benchmarks.packages")));
    Path root = Path.of(Objects.requireNonNull(System.getProperty("benchmarks.root")));
    Path work = Files.createTempDirectory("chatops-benchmark-");
    PrintStream silence =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Samples with = new Samples();
    Samples without = new Samples();
    try {
      UnpackedFunctions.unpack(packages, work.resolve("with"));
      UnpackedFunctions.unpack(packages, work.resolve("without"));
      for (String archive : List.of("app.aot", "app.jsa")) {
        Files.deleteIfExists(work.resolve("without/execution").resolve(archive));
      }
      UnpackedFunctions archived = new UnpackedFunctions(work.resolve("with"), silence);
      UnpackedFunctions plain = new UnpackedFunctions(work.resolve("without"), silence);
      ColdFunction function = new ColdFunction(archived);
      System.out.println(Load.line());
      try (DataDirectory directory = DataDirectory.temporary();
          Machine machine = Machine.start(new Machine.Plan(
              directory,
              Language.EN,
              3,
              root.resolve("templates"),
              null,
              function,
              Machine.Store.TABLESTORE,
              Pace.of(Duration.ofMillis(50))))) {
        for (int round = -1; round < rounds; round++) {
          double slow = sample(machine, function, plain);
          double quick = sample(machine, function, archived);
          if (round >= 0) {
            without.add(slow);
            with.add(quick);
          }
        }
      }
    } finally {
      remove(work);
    }
    System.out.printf(
        Locale.ROOT,
        "cold execution, median ms to the first call of ECS: with the archive %.0f (%.0f … %.0f), without %.0f (%.0f … %.0f)%n",
        with.median(),
        with.at(0.1),
        with.at(0.9),
        without.median(),
        without.at(0.1),
        without.at(0.9));
    System.out.println(Load.line() + ", " + rounds + " rounds");
    Ratio ratio = Ratio.atMost("cold.execution.archive", with.median() / without.median(), 0.5);
    System.out.println(ratio);
    System.exit(ratio.holds() ? 0 : 1);
  }

  private static double sample(Machine machine, ColdFunction function, UnpackedFunctions next)
      throws IOException {
    function.freeze(next);
    long said = newest(machine);
    int before = calls(machine);
    machine.cloud().slack().command(Cast.ANN.slack(), Cast.OPERATIONS, LINE);
    long end = System.nanoTime() + PATIENCE;
    while (calls(machine) == before) {
      if (System.nanoTime() > end) {
        throw new IOException("no call of ECS within a minute");
      }
      LockSupport.parkNanos(500_000);
    }
    double took = (System.nanoTime() - function.started()) / 1e6;
    // to its end, so that nothing of it is left for the next one
    while (machine.cloud().slack().channels().since(said).stream()
        .noneMatch(message -> message.text().startsWith(Mark.SUCCESS.sign()))) {
      if (System.nanoTime() > end) {
        throw new IOException("no end of " + LINE + " within a minute");
      }
      LockSupport.parkNanos(5_000_000);
    }
    return took;
  }

  private static long newest(Machine machine) {
    return machine.cloud().slack().channels().since(0).stream()
        .mapToLong(SlackMessage::number)
        .max()
        .orElse(0);
  }

  private static int calls(Machine machine) {
    return (int) machine.cloud().log().records().stream()
        .filter(call -> call.service().equals("Ecs"))
        .count();
  }

  private static void remove(Path folder) throws IOException {
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(folder)) {
      inside = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : inside) {
      Files.delete(each);
    }
  }
}
