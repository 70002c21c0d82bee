package chatops.benchmarks.acknowledge;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Table 1: from the start of a process to the 200 for its first signed command, whose hand-over was accepted. Every round
 * measures each contestant once, in a new order, so that what else the machine does hits all alike.
 */
public final class ColdAcknowledge {
  private static final String BARE = "bare-jvm";

  private final Course course;
  private final List<Contestant> contestants;
  private final Map<String, Samples> samples = new LinkedHashMap<>();
  private int number;

  private ColdAcknowledge(Course course) throws IOException {
    this.course = course;
    List<Contestant> all = new ArrayList<>(List.of(
        course.ours(),
        course.python(),
        course.nodeBolt(),
        course.javaBolt17(),
        course.javaBolt25(),
        course.javaBoltArchived()));
    all.addAll(course.before());
    this.contestants = List.copyOf(all);
  }

  /** @param arguments the number of rounds */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    boolean holds;
    try (Course course = new Course()) {
      ColdAcknowledge cold = new ColdAcknowledge(course);
      System.out.println(Load.line());
      cold.measure(rounds);
      cold.table();
      List<Ratio> ratios = cold.ratios();
      System.out.println(Load.line() + ", " + rounds + " rounds");
      ratios.forEach(System.out::println);
      holds = ratios.stream().allMatch(Ratio::holds);
    }
    System.exit(holds ? 0 : 1);
  }

  private void measure(int rounds) throws IOException {
    Random random = new Random(7);
    for (int round = -1; round < rounds; round++) {
      // the round before the first warms the disk cache and this program
      for (int processors : List.of(2, 1)) {
        for (boolean tls : List.of(false, true)) {
          try (FunctionStub stub = FunctionStub.start(tls ? course.certificate() : null)) {
            round(stub, key(processors, tls), processors, round >= 0, random);
          }
        }
      }
    }
  }

  private void round(FunctionStub stub, String key, int processors, boolean isKept, Random random)
      throws IOException {
    List<Runnable> order = new ArrayList<>();
    for (Contestant each : contestants) {
      order.add(() -> keep(isKept, key, each.name(), acknowledged(each, processors, stub)));
    }
    order.add(() -> keep(isKept, key, BARE, bare(processors)));
    Collections.shuffle(order, random);
    order.forEach(Runnable::run);
  }

  private void keep(boolean isKept, String key, String name, double milliseconds) {
    if (isKept) {
      samples.computeIfAbsent(key + " " + name, none -> new Samples()).add(milliseconds);
    }
  }

  private double acknowledged(Contestant contestant, int processors, FunctionStub stub) {
    long before = stub.accepted();
    byte[] request = SlackCommand.request(++number);
    try (Contestant.Running running = contestant.start(course, processors, stub.url())) {
      long end;
      try (Conversation first = running.reach()) {
        first.acknowledged(request);
        end = System.nanoTime();
      }
      if (stub.accepted() != before + 1) {
        throw new IOException("acknowledged without a hand-over");
      }
      return (end - running.started()) / 1e6;
    } catch (IOException e) {
      throw new IllegalStateException(
          contestant.name() + ": " + e.getMessage() + "\n" + said(contestant), e);
    }
  }

  private String said(Contestant contestant) {
    try {
      return Files.readString(course.output(contestant.name()));
    } catch (IOException none) {
      return "";
    }
  }

  private double bare(int processors) {
    try {
      List<String> command =
          new ArrayList<>(processors == 1 ? List.of("taskset", "-c", "0") : List.of());
      command.addAll(course.bareJvm());
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(new File("/dev/null"));
      long start = System.nanoTime();
      int status = builder.start().waitFor();
      if (status != 0) {
        throw new IOException("the bare Java ended with " + status);
      }
      return (System.nanoTime() - start) / 1e6;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static String key(int processors, boolean tls) {
    return processors + "-cpu-" + (tls ? "https" : "http");
  }

  private double median(String key, String name) {
    return Objects.requireNonNull(samples.get(key + " " + name)).median();
  }

  private void table() {
    System.out.println("cold acknowledge, median ms (10 % … 90 %)");
    List<String> names = new ArrayList<>();
    contestants.forEach(each -> names.add(each.name()));
    names.add(BARE);
    for (String name : names) {
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-20s", name));
      for (int processors : List.of(2, 1)) {
        for (boolean tls : List.of(false, true)) {
          Samples each = Objects.requireNonNull(samples.get(key(processors, tls) + " " + name));
          line.append(String.format(
              Locale.ROOT,
              "  %s %6.1f (%.0f … %.0f)",
              key(processors, tls),
              each.median(),
              each.at(0.1),
              each.at(0.9)));
        }
      }
      System.out.println(line);
    }
  }

  private List<Ratio> ratios() {
    List<Ratio> ratios = new ArrayList<>();
    for (int processors : List.of(2, 1)) {
      String http = key(processors, false);
      double ours = median(http, "front");
      String prefix = "cold." + http + ".";
      ratios.add(Ratio.atMost(prefix + "python", ours / median(http, "python"), 2));
      ratios.add(Ratio.atMost(prefix + "node-bolt", ours / median(http, "node-bolt"), 0.4));
      ratios.add(Ratio.atMost(prefix + "java-bolt-17", ours / median(http, "java-bolt-17"), 0.2));
      ratios.add(Ratio.atMost(prefix + BARE, ours / median(http, BARE), 4));
      String https = key(processors, true);
      ratios.add(Ratio.atMost(
          "cold." + https + ".java-bolt-17",
          median(https, "front") / median(https, "java-bolt-17"),
          0.5));
    }
    return ratios;
  }
}
