package chatops.benchmarks.acknowledge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Table 3: the most memory that was ever resident after ten thousand commands, and whether it stays where it is after many more.
 * Each sample is a process of its own.
 */
public final class ResidentMemory {
  private static final int COMMANDS = 10_000;
  private static final int CONNECTIONS = 16;

  private ResidentMemory() {}

  /** @param arguments the number of rounds, and how many commands the soak has */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    int soak = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200_000;
    Map<String, Samples> peaks = new LinkedHashMap<>();
    List<Ratio> ratios = new ArrayList<>();
    try (Course course = new Course();
        FunctionStub stub = FunctionStub.start(null)) {
      System.out.println(Load.line());
      for (int round = 0; round < rounds; round++) {
        for (Contestant each :
            List.of(course.ours(), course.nodeBolt(), course.javaBolt17(), course.javaBolt25())) {
          try (Contestant.Running running = each.start(course, 2, stub.url())) {
            commands(running, COMMANDS);
            peaks
                .computeIfAbsent(each.name(), none -> new Samples())
                .add(running.peakKilobytes() / 1024.0);
          }
        }
      }
      System.out.println(
          "memory: peak resident MB after " + COMMANDS + " commands, median of " + rounds);
      peaks.forEach(
          (name, each) -> System.out.printf(Locale.ROOT, "%-20s %7.1f%n", name, each.median()));
      double ours = Objects.requireNonNull(peaks.get("front")).median();
      for (String peer : List.of("java-bolt-17", "java-bolt-newest")) {
        ratios.add(Ratio.atMost(
            "memory.peak." + peer,
            ours / Objects.requireNonNull(peaks.get(peer)).median(),
            0.6));
      }
      ratios.add(soak(course, stub, soak));
      System.out.println(Load.line());
    }
    ratios.forEach(System.out::println);
    System.exit(ratios.stream().allMatch(Ratio::holds) ? 0 : 1);
  }

  /** Resident after the last tenth of many commands beside that after the first fifth. */
  private static Ratio soak(Course course, FunctionStub stub, int soak) throws Exception {
    List<Double> resident = new ArrayList<>();
    try (Contestant.Running running = course.ours().start(course, 2, stub.url())) {
      for (int part = 0; part < 10; part++) {
        commands(running, soak / 10);
        resident.add(running.residentKilobytes() / 1024.0);
      }
    }
    System.out.println("soak: resident MB after each tenth of " + soak + " commands: "
        + resident.stream()
            .map(each -> String.format(Locale.ROOT, "%.1f", each))
            .toList());
    return Ratio.atMost("memory.soak-growth", resident.get(9) / resident.get(1), 1.05);
  }

  private static void commands(Contestant.Running running, int count) throws Exception {
    running.reach().close();
    Stock stock = new Stock();
    stock.fill(Math.min(count, COMMANDS));
    List<Thread> threads = new ArrayList<>();
    List<IOException> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Thread thread = new Thread(
          () -> {
            try (Conversation conversation = new Conversation(running.port())) {
              for (int n = 0; n < count / CONNECTIONS; n++) {
                conversation.acknowledged(stock.take());
              }
            } catch (IOException failed) {
              failures.add(failed);
            }
          },
          "load");
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }
}
