package chatops.execution.tablestore;

import chatops.execution.sts.FunctionRole;
import com.alicloud.openservices.tablestore.ClientConfiguration;
import com.alicloud.openservices.tablestore.SyncClient;
import com.alicloud.openservices.tablestore.core.ResourceManager;
import com.alicloud.openservices.tablestore.core.auth.CredentialsProvider;
import com.alicloud.openservices.tablestore.core.auth.DefaultCredentials;
import com.alicloud.openservices.tablestore.core.auth.ServiceCredentials;
import com.alicloud.openservices.tablestore.model.NoRetryStrategy;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** How the official client is set up: few threads, short timeouts, keys that are asked for at every call, no retries of its own. */
public final class TablestoreConnection {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int SOCKET_MILLIS = 10_000;
  private static final int WAIT_MILLIS = 15_000;
  private static final int CONNECTIONS = 50;

  private TablestoreConnection() {}

  /**
   * Opens a client; it opens connections only with its first call.
   *
   * @param instance the instance's name, as after {@code tablestore:} in {@code CHATOPS_STORE}
   * @param environment read are {@code CHATOPS_ENDPOINTS} ({@code ots=http://127.0.0.1:8080}) and {@code FC_REGION}
   * @param keys the current keys of the function's role
   */
  public static SyncClient open(
      String instance, Map<String, String> environment, Supplier<FunctionRole.Keys> keys) {
    if (!instance.matches("[A-Za-z][A-Za-z0-9-]{1,19}")) {
      throw new IllegalArgumentException("CHATOPS_STORE: Tablestore instance '" + instance
          + "': expected 2 to 20 letters, digits or hyphens, a letter first");
    }
    ClientConfiguration configuration = new ClientConfiguration();
    configuration.setIoThreadCount(1);
    configuration.setRetryThreadCount(1);
    configuration.setMaxConnections(CONNECTIONS);
    configuration.setConnectionTimeoutInMillisecond(CONNECT_MILLIS);
    configuration.setSocketTimeoutInMillisecond(SOCKET_MILLIS);
    configuration.setSyncClientWaitFutureTimeoutInMillis(WAIT_MILLIS);
    configuration.setRetryStrategy(new NoRetryStrategy());
    ResourceManager resources =
        new ResourceManager(configuration, Executors.newSingleThreadExecutor(task -> {
          Thread thread = new Thread(task, "tablestore-callback");
          thread.setDaemon(true);
          return thread;
        }));
    return new SyncClient(
        endpoint(instance, environment), new CurrentKeys(keys), instance, configuration, resources);
  }

  static String endpoint(String instance, Map<String, String> environment) {
    String any = "";
    for (String part : environment.getOrDefault("CHATOPS_ENDPOINTS", "").split(",", -1)) {
      String entry = part.strip();
      if (entry.startsWith("ots=")) return entry.substring("ots=".length());
      if (entry.startsWith("*=")) any = entry.substring("*=".length());
    }
    if (!any.isEmpty()) return any;
    String region = environment.getOrDefault("FC_REGION", "");
    if (region.isEmpty()) {
      throw new IllegalArgumentException("CHATOPS_STORE=tablestore:" + instance
          + ": FC_REGION is not set; expected the instance's region, such as" + " cn-hangzhou");
    }
    return "https://" + instance + "." + region + ".ots.aliyuncs.com";
  }

  /** Keys of the moment: the SDK asks at every call. */
  private record CurrentKeys(Supplier<FunctionRole.Keys> keys) implements CredentialsProvider {
    @Override
    public ServiceCredentials getCredentials() {
      FunctionRole.Keys current = keys.get();
      return new DefaultCredentials(
          current.accessKeyId(), current.accessKeySecret(), current.securityToken());
    }

    @Override
    public void setCredentials(ServiceCredentials given) {
      throw new UnsupportedOperationException("the keys come from the function's role");
    }
  }
}
