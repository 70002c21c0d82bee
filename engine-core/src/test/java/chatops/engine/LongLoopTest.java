package chatops.engine;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.engine.store.memory.InMemoryExecutionStore;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.LongLoop;
import chatops.engine.testkit.WeighedStore;
import chatops.engine.testkit.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a large loop writes. */
class LongLoopTest {
  private final WeighedStore[] store = {null};
  private final World world = new World(new Boundaries(), clock -> {
    store[0] = new WeighedStore(new InMemoryExecutionStore(clock, (row, applied) -> {}));
    return store[0];
  });

  @ParameterizedTest
  @CsvSource({"DescribeThings,10,1010", "StartInstances,40,2700", "DeleteThings,40,2700"})
  void a_thousand_items_with_large_outputs_share_commits_and_keep_the_row_small(
      String api, int commits, int rows) {
    var view = LongLoop.run(world, api);

    WeighedStore w = store[0];
    System.out.println("loop: " + LongLoop.figures(api, w));
    LongLoop.check(view);
    // at every commit
    assertThat(w.largestExecution).isLessThanOrEqualTo(64 * 1024);
    assertThat(w.commits).isLessThanOrEqualTo(commits);
    assertThat(w.rows).isLessThanOrEqualTo(rows);
    assertThat(w.taskWrites.values()).allSatisfy(n -> assertThat(n).isLessThanOrEqualTo(3));
    // its outputs once in its row, once in the aggregate, and what else a row holds
    assertThat((w.taskBytes + w.blobBytes + w.executionBytes) / LongLoop.ITEMS)
        .isLessThan(2 * LongLoop.OUTPUT + 2_500);
    // a call and what came of it
    assertThat(w.auditBytes / LongLoop.ITEMS).isLessThan(700);
  }
}
