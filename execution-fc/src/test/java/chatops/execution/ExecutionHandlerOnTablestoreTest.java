package chatops.execution;

import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.execution.sts.FunctionRole;
import chatops.execution.tablestore.TableCreation;
import chatops.execution.tablestore.TablestoreConnection;
import com.alicloud.openservices.tablestore.SyncClient;
import java.time.Instant;

/** The same, with the executions in Tablestore, called with the function's own keys. */
class ExecutionHandlerOnTablestoreTest extends ExecutionHandlerTest {
  private static final String INSTANCE = "ops";

  @Override
  Account open() {
    Account account = Account.deployed("CHATOPS_STORE", "tablestore:" + INSTANCE);
    account.cloud.tablestore().instance(INSTANCE);
    Principal.RamUser deployer = account.cloud.identities().user("deployer", Policy.allow("ots:*"));
    FunctionRole.Keys keys =
        new FunctionRole.Keys(deployer.accessKeyId(), deployer.accessKeySecret(), "", Instant.MAX);
    SyncClient client = TablestoreConnection.open(INSTANCE, account.environment, () -> keys);
    new TableCreation(client, line -> {}).run();
    client.shutdown();
    return account;
  }
}
