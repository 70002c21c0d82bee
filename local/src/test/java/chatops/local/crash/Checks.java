package chatops.local.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Small checks by name, each of which finds nothing in the engine as it is. Speaks to its caller in types of the JDK only,
 * so that it can be loaded together with another engine.
 */
public final class Checks implements Function<String, List<String>> {
  private static final Duration STALL = Duration.ofMinutes(3);

  private final Map<String, Supplier<List<String>>> checks = new TreeMap<>();

  public Checks() {
    checks.put("cuts of one start", () -> cuts(Plays.start(), Map.of("StartInstance", 1L)));
    checks.put("cuts of two commands", () -> cuts(Plays.commands(), Map.of("RunCommand", 2L)));
    checks.put(
        "cuts of an approved reboot", () -> cuts(Plays.bulk(), Map.of("RebootInstance", 3L)));
    checks.put(
        "cuts of a command per item", () -> cuts(Plays.commandPerItem(), Map.of("RunCommand", 3L)));
    checks.put(
        "a failed item is tolerated", () -> calm(Plays.tolerant(), Map.of("StartInstance", 1L)));
    checks.put("stalls in two commands", () -> stalls(Plays.commands()));
    checks.put("stalls in an approved reboot", () -> stalls(Plays.bulk()));
    checks.put("races", Checks::races);
    checks.put(
        "intents of two deletions", () -> cuts(Plays.deletions(), Map.of("DeleteThing", 2L)));
    checks.put(
        "cuts of an instance's deletion",
        () -> cuts(Plays.goneInstance(), Map.of("DeleteInstance", 1L)));
    checks.put("due rows of every shard", ShardCheck::run);
    checks.put("a cancel beside a worker", Interruptions::cancels);
    checks.put("a vote whose write gets no answer", Interruptions::lostVotes);
    checks.put("a vote beside an expiry", Lapses::votesBesideExpiry);
    checks.put("cuts of a throttled stop", Lapses::throttledStops);
    checks.put("cuts of a deletion", Lapses::deletions);
    checks.put("a wake-up that comes twice", Interruptions::doubleWakes);
  }

  Set<String> names() {
    return checks.keySet();
  }

  @Override
  public List<String> apply(String name) {
    Supplier<List<String>> check = checks.get(name);
    if (check == null) {
      throw new IllegalArgumentException("no check '" + name + "'; there are " + checks.keySet());
    }
    return check.get();
  }

  /** The undisturbed run has the expected effects; and it is the same with a cut at any place. */
  private static List<String> cuts(Scene.Play play, Map<String, Long> effects) {
    try (CrashTest test = new CrashTest(60, 20261121, 1)) {
      List<String> wrong = new ArrayList<>(expected(test.play(play, new Cuts()), effects));
      if (wrong.isEmpty()) {
        Outcome outcome = test.run(play);
        outcome.violations().forEach(v -> wrong.add(v.cuts() + ": " + v.what()));
        if (outcome.parkedNeedlessly() > 0) {
          wrong.add(outcome.parkedNeedlessly() + " rounds asked about a call that may be repeated");
        }
      }
      return wrong;
    }
  }

  private static List<String> calm(Scene.Play play, Map<String, Long> effects) {
    try (CrashTest test = new CrashTest(0, 0)) {
      return expected(test.play(play, new Cuts()), effects);
    }
  }

  private static List<String> expected(Ending calm, Map<String, Long> effects) {
    List<String> wrong = new ArrayList<>(calm.watched());
    if (!calm.status().equals("Success") || !calm.stuck().isEmpty()) {
      wrong.add(calm.status() + " " + calm.message() + calm.stuck());
    }
    Map<String, Long> found = calm.landed().stream()
        .collect(Collectors.groupingBy(l -> l.request().api(), Collectors.counting()));
    if (!found.equals(effects)) {
      wrong.add("effects: expected " + effects + ", found " + found);
    }
    return wrong;
  }

  private static List<String> stalls(Scene.Play play) {
    try (CrashTest test = new CrashTest(0, 0)) {
      Ending calm = test.play(play, new Cuts());
      Comparison comparison = new Comparison(calm);
      List<String> wrong = new ArrayList<>();
      for (Boundary boundary : calm.passed()) {
        // between the last look at the lease and the call itself nothing can help
        boolean isOnTheWay = boundary.place() == Place.CALL_UNSENT
            || boundary.place() == Place.CALL_ON_ITS_WAY
            || boundary.place() == Place.CALL_LOST;
        if (!isOnTheWay) {
          comparison
              .violations(test.play(play, new Cuts(STALL, boundary.number())))
              .forEach(violation -> wrong.add(boundary + ": " + violation));
        }
      }
      return wrong;
    }
  }

  private static List<String> races() {
    ExecutorService threads = Executors.newCachedThreadPool();
    List<String> wrong = new ArrayList<>();
    try {
      for (long seed = 1; seed <= 40; seed++) {
        Race race = new Race(seed, threads);
        for (String violation : race.run()) {
          wrong.add("seed " + seed + ": " + violation);
        }
        race.close();
      }
    } finally {
      threads.shutdown();
    }
    return wrong;
  }
}
