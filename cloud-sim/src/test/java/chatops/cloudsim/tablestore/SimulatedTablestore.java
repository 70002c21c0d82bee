package chatops.cloudsim.tablestore;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.cloud.Faults;
import chatops.cloudsim.identity.Identities;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import com.alicloud.openservices.tablestore.ClientConfiguration;
import com.alicloud.openservices.tablestore.SyncClient;
import com.alicloud.openservices.tablestore.model.NoRetryStrategy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A simulated Tablestore with one instance, one user and the official client, for tests. */
final class SimulatedTablestore implements AutoCloseable {
  static final String INSTANCE = "ops";

  final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T08:00:00Z"));
  final CloudSim sim;
  final Tablestore tablestore;
  final Faults faults;
  final Identities identities;
  final Principal.RamUser user;
  final SyncClient client;

  SimulatedTablestore(Limits limits) {
    sim = CloudSim.builder().clock(clock).tablestoreLimits(limits).start();
    tablestore = sim.tablestore();
    faults = sim.faults();
    identities = sim.identities();
    tablestore.instance(INSTANCE);
    user = identities.user("ann", Policy.allow("ots:*"));
    client = client(user.accessKeyId(), user.accessKeySecret(), null);
  }

  SyncClient client(String key, String secret, @Nullable String token) {
    ClientConfiguration configuration = new ClientConfiguration();
    configuration.setIoThreadCount(1);
    configuration.setRetryStrategy(new NoRetryStrategy());
    return new SyncClient(
        sim.tablestoreUrl().toString(), key, secret, INSTANCE, configuration, token);
  }

  @Override
  public void close() {
    client.shutdown();
    sim.close();
  }
}
