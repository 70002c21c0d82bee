package chatops.local.crash;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionRow;
import chatops.execution.sts.FunctionRole;
import chatops.execution.tablestore.TableCreation;
import chatops.execution.tablestore.TablestoreConnection;
import chatops.execution.tablestore.TablestoreExecutionStore;
import com.alicloud.openservices.tablestore.SyncClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sweep of the Tablestore store finds what is due, in whichever shard it lies. */
final class ShardCheck {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final int ROWS = 200;

  private ShardCheck() {}

  static List<String> run() {
    SettableClock clock = new SettableClock(NOW);
    try (CloudSim sim = CloudSim.builder().clock(clock).seed(7).start()) {
      sim.tablestore().instance("ops");
      Principal.RoleSession session = sim.identities()
          .session(
              sim.identities().role("store", Policy.allow("ots:*")),
              "store",
              Duration.ofHours(1),
              Optional.empty());
      FunctionRole.Keys keys = new FunctionRole.Keys(
          session.accessKeyId(),
          session.accessKeySecret(),
          session.securityToken(),
          session.expiration());
      SyncClient client = TablestoreConnection.open(
          "ops", Map.of("CHATOPS_ENDPOINTS", "ots=" + sim.tablestoreUrl()), () -> keys);
      new TableCreation(client, line -> {}).run();
      try (TablestoreExecutionStore store = new TablestoreExecutionStore(client, clock)) {
        for (int i = 0; i < ROWS; i++) {
          ExecutionRow row = new ExecutionRow(
              new ExecutionId(String.format("exec-shard%08d", i)),
              1,
              1,
              1,
              "Waiting",
              NOW.minusSeconds(i),
              NOW,
              "T",
              "u",
              "{}");
          store.commit(new Commit(row, 0, List.of(), List.of()));
        }
        int found = store.due(NOW, 1000).size();
        return found == ROWS ? List.of() : List.of(found + " of " + ROWS + " due rows were found");
      }
    }
  }
}
