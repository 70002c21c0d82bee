package chatops.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.id.ExecutionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random histories of several workers on one store, each held against {@link HistoryModel}. A store's own test extends it and
 * says how to open an empty store, and what may go wrong while a history runs. What the workers do follows from the seed; how
 * their calls interleave is up to the machine.
 */
public abstract class ExecutionStoreHistories {
  /** Where the clock of an opened store stands. */
  protected static final Instant NOW = ExecutionStoreContract.NOW;

  private static final long SEED = 20_260_301;

  /** An empty store whose clock stands at {@link #NOW}. */
  protected abstract ExecutionStore open() throws Exception;

  /** Called before each history; a store with faults draws them from {@code seed}. */
  protected void disturb(long seed) {}

  /** Called after each history, before the store is looked at. */
  protected void calm() {}

  /** Histories in every build. */
  protected int histories() {
    return 200;
  }

  /** Histories in a long run. */
  protected int longHistories() {
    return 5_000;
  }

  @Test
  void random_histories_agree_with_the_model() throws Exception {
    check(SEED, histories());
  }

  @Test
  @Tag("long")
  void many_random_histories_agree_with_the_model() throws Exception {
    long seed = SEED + 1_000_000;
    long commits = check(seed, longHistories());
    System.out.println("long-job: " + getClass().getSimpleName() + " seed=" + seed + " count="
        + longHistories() + " commits=" + commits);
  }

  private long check(long firstSeed, int count) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(StoreHistory.WORKERS);
    long commits = 0;
    try (ExecutionStore store = open()) {
      for (long seed = firstSeed; seed < firstSeed + count; seed++) {
        StoreHistory history = new StoreHistory(store, seed);
        disturb(seed);
        List<StoreAction> actions = history.run(threads);
        calm();
        commits += actions.stream().filter(StoreAction::isDone).count();
        List<String> violations = new ArrayList<>();
        for (ExecutionId id : history.executions()) {
          violations.addAll(new HistoryModel(id, actions).violations(store));
          store.delete(id);
        }
        assertThat(violations).as("seed %s, history:%n%s", seed, lines(actions)).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(commits).as("commits that took effect").isGreaterThan(count);
    return commits;
  }

  private static String lines(List<StoreAction> actions) {
    StringBuilder lines = new StringBuilder();
    actions.stream()
        .sorted((left, right) -> Long.compare(left.begun(), right.begun()))
        .forEach(action -> lines.append(action).append('\n'));
    return lines.toString();
  }
}
