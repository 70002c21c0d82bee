package chatops.local.cli;

import chatops.execution.sts.FunctionRole;
import chatops.execution.tablestore.TablestoreConnection;
import com.alicloud.openservices.tablestore.SyncClient;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens an instance of Tablestore with the keys of the environment. */
final class TablestoreAccess {
  private TablestoreAccess() {}

  /**
   * @param region null for FC_REGION of the environment
   * @throws CommandFailure naming what is missing
   */
  static SyncClient open(
      String instance, @Nullable String region, Map<String, String> environment) {
    FunctionRole.Keys keys = new FunctionRole.Keys(
        required("ALIBABA_CLOUD_ACCESS_KEY_ID", environment),
        required("ALIBABA_CLOUD_ACCESS_KEY_SECRET", environment),
        environment.getOrDefault("ALIBABA_CLOUD_SECURITY_TOKEN", ""),
        Instant.MAX);
    Map<String, String> settings = new HashMap<>(environment);
    if (region != null) settings.put("FC_REGION", region);
    try {
      return TablestoreConnection.open(instance, settings, () -> keys);
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure(String.valueOf(wrong.getMessage()));
    }
  }

  private static String required(String name, Map<String, String> environment) {
    String value = environment.getOrDefault(name, "").strip();
    if (value.isEmpty()) {
      throw new CommandFailure(
          name + " is not set; set the keys of a user who may ots:* on the instance");
    }
    return value;
  }
}
