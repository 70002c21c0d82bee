package chatops.execution.tablestore;

import chatops.engine.store.ExecutionStore;
import chatops.engine.store.ExecutionStoreContract;

/** The contract over HTTP, by the official client against the simulated service. */
class TablestoreExecutionStoreTest extends ExecutionStoreContract {
  @org.jspecify.annotations.Nullable
  private SimulatedInstance instance;

  @Override
  protected ExecutionStore open() {
    SimulatedInstance fresh = SimulatedInstance.withTables(NOW, 11);
    instance = fresh;
    return fresh.store();
  }

  @org.junit.jupiter.api.AfterEach
  void stop() {
    if (instance != null) instance.close();
  }
}
