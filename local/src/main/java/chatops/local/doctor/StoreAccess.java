package chatops.local.doctor;

import chatops.execution.sts.FunctionRole;
import chatops.execution.tablestore.TablestoreConnection;
import com.alicloud.openservices.tablestore.SyncClient;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Execution's Tablestore instance, opened where the deployment is, with the keys of whoever deploys. */
record StoreAccess(Map<String, String> environment) {
  private String value(String name) {
    return environment.getOrDefault(name, "").strip();
  }

  /** Empty where none is set. */
  String instance() {
    return value("CHATOPS_TABLESTORE_INSTANCE");
  }

  /** The caller closes it. @throws IllegalArgumentException when no instance can have this name */
  SyncClient open(String instance) {
    Map<String, String> settings = new HashMap<>(environment);
    settings.putIfAbsent("FC_REGION", DeployedChecks.region(environment));
    FunctionRole.Keys keys = new FunctionRole.Keys(
        value("ALIBABA_CLOUD_ACCESS_KEY_ID"),
        value("ALIBABA_CLOUD_ACCESS_KEY_SECRET"),
        value("ALIBABA_CLOUD_SECURITY_TOKEN"),
        Instant.MAX);
    return TablestoreConnection.open(instance, settings, () -> keys);
  }
}
