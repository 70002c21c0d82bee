package chatops.benchmarks.acknowledge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Table 2: signed commands per second and the slowest hundredth, over 1 and 16 kept-open connections, each acknowledged after a
 * hand-over. All contestants are up and warm; each round asks every one of them for a slice, in a new order.
 */
public final class WarmAcknowledge {
  private static final List<Integer> CONNECTIONS = List.of(1, 16);
  private static final int WARM_UP = 24_000;
  private static final int SLICE_MS = 700;
  /** More than anybody answers in a slice. */
  private static final int AHEAD = 9_000;
  /** What Nagle's algorithm and a delayed acknowledgement make of an answer in two parts. */
  private static final double STALL_MS = 38;

  private final Map<String, Samples> rates = new LinkedHashMap<>();
  private final Map<String, Samples> latencies = new LinkedHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
    Thread thread = new Thread(work, "load");
    thread.setDaemon(true);
    return thread;
  });
  private final Stock stock = new Stock();

  private WarmAcknowledge() {}

  /** @param arguments the number of rounds */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    List<Ratio> ratios;
    try (Course course = new Course();
        FunctionStub stub = FunctionStub.start(null)) {
      System.out.println(Load.line());
      WarmAcknowledge warm = new WarmAcknowledge();
      List<String> names = warm.measure(course, stub, rounds);
      warm.table(names);
      System.out.println(Load.line() + ", " + rounds + " rounds of " + SLICE_MS + " ms");
      ratios = warm.ratios();
    }
    ratios.forEach(System.out::println);
    System.exit(ratios.stream().allMatch(Ratio::holds) ? 0 : 1);
  }

  private List<String> measure(Course course, FunctionStub stub, int rounds) throws Exception {
    List<Contestant> contestants = new ArrayList<>(
        List.of(course.ours(), course.nodeBolt(), course.javaBolt17(), course.javaBolt25()));
    contestants.addAll(course.before());
    Map<Contestant, Contestant.Running> running = new LinkedHashMap<>();
    try {
      for (Contestant each : contestants) {
        Contestant.Running started = each.start(course, 2, stub.url());
        running.put(each, started);
        started.reach().close();
      }
      for (Contestant.Running each : running.values()) {
        stock.fill(WARM_UP);
        slice(each.port(), 16, Long.MAX_VALUE, WARM_UP, new Samples());
      }
      Random random = new Random(7);
      for (int round = 0; round < rounds; round++) {
        List<Contestant> order = new ArrayList<>(contestants);
        Collections.shuffle(order, random);
        for (int connections : CONNECTIONS) {
          for (Contestant each : order) {
            String key = connections + " " + each.name();
            Samples all = latencies.computeIfAbsent(key, none -> new Samples());
            int port = Objects.requireNonNull(running.get(each)).port();
            stock.fill(AHEAD);
            long handedOver = stub.accepted();
            int answered = all.size();
            double rate = slice(port, connections, SLICE_MS * 1_000_000L, Integer.MAX_VALUE, all);
            rates.computeIfAbsent(key, none -> new Samples()).add(rate);
            check(each, all.size() - answered, stub.accepted() - handedOver);
          }
        }
      }
    } finally {
      running.values().forEach(Contestant.Running::close);
    }
    return contestants.stream().map(Contestant::name).toList();
  }

  private static void check(Contestant each, long answered, long handedOver) throws IOException {
    if (answered != handedOver) {
      throw new IOException(
          each.name() + " answered " + answered + " commands and handed " + handedOver + " over");
    }
  }

  /** @return answers per second */
  private double slice(int port, int connections, long nanos, int most, Samples into)
      throws Exception {
    long start = System.nanoTime();
    long end = nanos == Long.MAX_VALUE ? Long.MAX_VALUE : start + nanos;
    List<Future<List<Double>>> parts = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      parts.add(threads.submit(part(port, end, most / connections)));
    }
    int answered = 0;
    for (Future<List<Double>> part : parts) {
      try {
        List<Double> each = part.get();
        answered += each.size();
        each.forEach(into::add);
      } catch (ExecutionException failed) {
        throw new IOException("port " + port, failed.getCause());
      }
    }
    return answered / ((System.nanoTime() - start) / 1e9);
  }

  private Callable<List<Double>> part(int port, long end, int most) {
    return () -> {
      List<Double> took = new ArrayList<>();
      try (Conversation conversation = new Conversation(port)) {
        long now = System.nanoTime();
        while (took.size() < most && now < end) {
          conversation.acknowledged(stock.take());
          long then = System.nanoTime();
          took.add((then - now) / 1e6);
          now = then;
        }
      }
      return took;
    };
  }

  private void table(List<String> names) {
    System.out.println(
        "warm acknowledge: requests/s (median of slices), ms at 50 % and 99 %, answers of "
            + (int) STALL_MS + " ms and more");
    for (String name : names) {
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-20s", name));
      for (int connections : CONNECTIONS) {
        Samples took = Objects.requireNonNull(latencies.get(connections + " " + name));
        line.append(String.format(
            Locale.ROOT,
            "  %2d connections %7.0f/s  p50 %6.2f  p99 %6.2f  stalls %d of %d",
            connections,
            rate(connections, name),
            took.median(),
            took.at(0.99),
            took.above(STALL_MS),
            took.size()));
      }
      System.out.println(line);
    }
  }

  private double rate(int connections, String name) {
    return Objects.requireNonNull(rates.get(connections + " " + name)).median();
  }

  private double slowest(int connections, String name) {
    return Objects.requireNonNull(latencies.get(connections + " " + name)).at(0.99);
  }

  private List<Ratio> ratios() {
    List<Ratio> ratios = new ArrayList<>();
    for (String peer : List.of("java-bolt-17", "java-bolt-newest", "node-bolt")) {
      ratios.add(Ratio.atLeast("warm.16.rate." + peer, rate(16, "front") / rate(16, peer), 1.3));
      for (int connections : CONNECTIONS) {
        ratios.add(Ratio.atMost(
            "warm." + connections + ".p99." + peer,
            slowest(connections, "front") / slowest(connections, peer),
            1));
      }
    }
    Samples single = Objects.requireNonNull(latencies.get("1 front"));
    ratios.add(Ratio.atMost(
        "warm.1.stalls-per-thousand", 1000.0 * single.above(STALL_MS) / single.size(), 1));
    return ratios;
  }
}
