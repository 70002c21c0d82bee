package chatops.execution.sealed;

import static org.assertj.core.api.Assertions.assertThat;

import chatops.chat.reply.Seal;
import chatops.engine.execution.Codec;
import chatops.engine.store.memory.InMemoryExecutionStore;
import chatops.engine.testkit.Boundaries;
import chatops.engine.testkit.LongLoop;
import chatops.engine.testkit.WeighedStore;
import chatops.engine.testkit.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a large loop writes when it is sealed: what lies in the store, not what the engine gave to it. */
class SealedLoopTest {
  private static final String KEY = "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  private final WeighedStore[] rows = {null};
  private final World world = new World(new Boundaries(), clock -> {
    rows[0] = new WeighedStore(new InMemoryExecutionStore(clock, (row, applied) -> {}));
    return new SealedStore(rows[0], new Seal(KEY));
  });

  @ParameterizedTest
  @ValueSource(strings = {"DescribeThings", "StartInstances", "DeleteThings"})
  void sealing_adds_a_third_and_the_row_of_the_execution_stays_small(String api) {
    var view = LongLoop.run(world, api);

    WeighedStore w = rows[0];
    System.out.println("sealed loop: " + LongLoop.figures(api, w));
    LongLoop.check(view);
    assertThat(w.largestExecution).isLessThanOrEqualTo(Codec.LIMIT);
    assertThat((w.taskBytes + w.blobBytes + w.executionBytes) / LongLoop.ITEMS)
        .isLessThan((2 * LongLoop.OUTPUT + 2_500) * 4 / 3 + 200);
  }
}
