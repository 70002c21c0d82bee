package chatops.engine.store.memory;

import chatops.engine.store.ExecutionStore;
import chatops.engine.store.ExecutionStoreHistories;
import chatops.engine.store.StoreException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Random;

/** Every twentieth row write is refused or loses its answer. */
class InMemoryExecutionStoreHistoriesTest extends ExecutionStoreHistories {
  private final Random random = new Random(1);
  private volatile boolean disturbed;

  @Override
  protected ExecutionStore open() {
    return new InMemoryExecutionStore(InstantSource.fixed(NOW), (row, applied) -> {
      if (disturbed && random.nextInt(40) == 0) {
        throw new StoreException("planted: no answer at " + row, new IOException("reset"));
      }
    });
  }

  @Override
  protected void disturb(long seed) {
    random.setSeed(seed);
    disturbed = true;
  }

  @Override
  protected void calm() {
    disturbed = false;
  }
}
