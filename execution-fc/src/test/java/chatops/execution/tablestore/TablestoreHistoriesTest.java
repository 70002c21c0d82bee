package chatops.execution.tablestore;

import chatops.cloudsim.cloud.Fault;
import chatops.cloudsim.tablestore.Tablestore;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.ExecutionStoreHistories;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Random histories while the service loses answers, cuts batches off, is busy and moves partitions. */
class TablestoreHistoriesTest extends ExecutionStoreHistories {
  private static final List<String> ACTIONS = List.of(
      "UpdateRow",
      "GetRow",
      "GetRange",
      "BatchGetRow",
      "BatchWriteRow",
      "BatchWriteRow.row",
      "BatchGetRow.row");
  private static final List<Fault> FAULTS = List.of(
      new Fault.LostReply(),
      new Fault.Refuse(503, "OTSServerBusy", "Server is busy."),
      new Fault.Refuse(503, "OTSPartitionUnavailable", "The partition is not available."),
      new Fault.Refuse(503, "OTSTimeout", "Operation timeout."),
      new Fault.Unavailable());

  private @Nullable SimulatedInstance instance;

  @Override
  protected ExecutionStore open() {
    SimulatedInstance fresh = SimulatedInstance.withTables(NOW, 5);
    instance = fresh;
    return fresh.store();
  }

  @Override
  protected void disturb(long seed) {
    if (instance == null) return;
    Random random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      String action = ACTIONS.get(random.nextInt(ACTIONS.size()));
      Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
      instance
          .sim
          .faults()
          .share(0.05 + 0.2 * random.nextDouble(), Tablestore.SERVICE, action, fault);
    }
    instance.sim.faults().share(0.15, Tablestore.SERVICE, "UpdateRow", new Fault.LostReply());
  }

  @Override
  protected int longHistories() {
    return 2_000;
  }

  @Override
  protected void calm() {
    if (instance != null) instance.sim.faults().clear();
  }

  @AfterEach
  void stop() {
    if (instance != null) instance.close();
  }
}
