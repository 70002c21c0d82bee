package chatops.local.crash;

import chatops.engine.effect.EffectClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Plays templates with a cut at every place, then with seeded pairs of cuts, and compares with the undisturbed run. */
final class CrashTest implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
    Thread thread = new Thread(work, "crash-test worker");
    thread.setDaemon(true);
    return thread;
  });
  private final int doubles;
  private final long seed;
  private final int most;

  /**
   * @param doubles pairs of cuts per template
   * @param seed chooses the pairs
   */
  CrashTest(int doubles, long seed) {
    this(doubles, seed, Integer.MAX_VALUE);
  }

  /** @param most stops when this many violations are found */
  CrashTest(int doubles, long seed, int most) {
    this.most = most;
    this.doubles = doubles;
    this.seed = seed;
  }

  Outcome run(Scene.Play play) {
    Ending calm = play(play);
    if (calm.status().isEmpty()) {
      return Outcome.refused(play.name(), String.join("; ", calm.watched()));
    }
    if (!calm.stuck().isEmpty()) {
      return Outcome.refused(play.name(), "it never ends by itself: " + calm.status());
    }
    Tally tally = new Tally(play.name(), calm);
    tally.add(calm);
    int places = calm.passed().size();
    int[] lengths = new int[places + 1];
    for (int cut = 1; cut <= places && tally.found() < most; cut++) {
      Ending ending = play(play, cut);
      lengths[cut] = ending.passed().size();
      tally.add(ending);
    }
    Random random = new Random(seed);
    for (int pair = 0; pair < doubles && places > 0 && tally.found() < most; pair++) {
      int first = 1 + random.nextInt(places);
      if (lengths[first] > first) {
        tally.add(play(play, first, first + 1 + random.nextInt(lengths[first] - first)));
      }
    }
    return tally.outcome();
  }

  private Ending play(Scene.Play play, Integer... cuts) {
    return play(play, new Cuts(cuts));
  }

  Ending play(Scene.Play play, Cuts cuts) {
    return play(new Round(play.open(), cuts, threads));
  }

  /** Another process does something while the worker is at a place. */
  Ending visited(Scene.Play play, int at, Consumer<Host> by) {
    return play(new Round(play.open(), new Cuts(), threads).visited(at, by));
  }

  private static Ending play(Round round) {
    try {
      return round.play();
    } finally {
      round.close();
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  /** Counts the rounds of one template. */
  private static final class Tally {
    private final String template;
    private final Ending calm;
    private final Comparison comparison;
    private final List<Outcome.Violation> violations = new ArrayList<>();
    private int cuts;
    private int doubleCuts;
    private int parked;
    private int parkedNeedlessly;

    Tally(String template, Ending calm) {
      this.template = template;
      this.calm = calm;
      this.comparison = new Comparison(calm);
    }

    void add(Ending ending) {
      int made = ending.cuts().size();
      cuts += made == 1 ? 1 : 0;
      doubleCuts += made == 2 ? 1 : 0;
      if (!ending.asked().isEmpty()) {
        parked++;
        boolean isTrue =
            ending.asked().stream().anyMatch(asked -> asked.effectClass() == EffectClass.ONCE);
        parkedNeedlessly += isTrue ? 0 : 1;
      }
      List<String> where = ending.cuts().stream().map(Boundary::toString).toList();
      comparison
          .violations(ending)
          .forEach(what -> violations.add(new Outcome.Violation(where, what)));
    }

    int found() {
      return violations.size();
    }

    Outcome outcome() {
      return new Outcome(
          template,
          calm.status(),
          calm.message(),
          cuts,
          doubleCuts,
          parked,
          parkedNeedlessly,
          violations);
    }
  }
}
