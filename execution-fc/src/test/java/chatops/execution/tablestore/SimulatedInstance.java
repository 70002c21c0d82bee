package chatops.execution.tablestore;

import chatops.cloudsim.CloudSim;
import chatops.cloudsim.clock.SettableClock;
import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.identity.Role;
import chatops.cloudsim.tablestore.Limits;
import chatops.execution.sts.FunctionRole;
import com.alicloud.openservices.tablestore.SyncClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;

/** A Tablestore instance of the simulated cloud with the store's tables in it, reached by the official client over HTTP. */
final class SimulatedInstance implements AutoCloseable {
  static final String NAME = "ops";

  final SettableClock clock;
  final CloudSim sim;
  final Role role;
  final AtomicReference<FunctionRole.Keys> keys = new AtomicReference<>();
  private SplittableRandom random;

  SimulatedInstance(Instant now, long seed, Limits limits) {
    clock = new SettableClock(now);
    random = new SplittableRandom(seed);
    sim = CloudSim.builder().clock(clock).seed(seed).tablestoreLimits(limits).start();
    sim.tablestore().instance(NAME);
    role = sim.identities().role("store", Policy.allow("ots:*"));
    newKeys();
  }

  /** An instance with all tables. */
  static SimulatedInstance withTables(Instant now, long seed) {
    return withTables(now, seed, Limits.shortRanges(300));
  }

  static SimulatedInstance withTables(Instant now, long seed, Limits limits) {
    SimulatedInstance instance = new SimulatedInstance(now, seed, limits);
    SyncClient client = instance.client();
    new TableCreation(client, line -> {}, instance.attempts(Duration.ofSeconds(10))).run();
    client.shutdown();
    return instance;
  }

  void newKeys() {
    Principal.RoleSession session =
        sim.identities().session(role, "store", Duration.ofHours(1), Optional.empty());
    keys.set(new FunctionRole.Keys(
        session.accessKeyId(),
        session.accessKeySecret(),
        session.securityToken(),
        session.expiration()));
  }

  String secret() {
    return Objects.requireNonNull(keys.get()).accessKeySecret();
  }

  SyncClient client() {
    return TablestoreConnection.open(
        NAME, Map.of("CHATOPS_ENDPOINTS", "ots=" + sim.tablestoreUrl()), keys::get);
  }

  /** Attempts that hardly wait. */
  Attempts attempts(Duration budget) {
    random = random.split();
    Random pauses = new Random(random.nextLong());
    return new Attempts(budget, duration -> Thread.sleep(duration.toMillis() / 50), pauses);
  }

  TablestoreExecutionStore store() {
    return new TablestoreExecutionStore(client(), clock, attempts(Duration.ofSeconds(10)));
  }

  Map<String, Long> callsOf(Runnable work) {
    Map<String, Long> before = sim.tablestore().calls();
    work.run();
    Map<String, Long> made = new HashMap<>(sim.tablestore().calls());
    made.replaceAll((action, count) -> count - before.getOrDefault(action, 0L));
    made.values().removeIf(count -> count == 0);
    return made;
  }

  @Override
  public void close() {
    sim.close();
  }
}
