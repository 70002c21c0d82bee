package chatops.local.serve;

import com.aliyuncs.auth.AlibabaCloudCredentials;
import com.aliyuncs.auth.AlibabaCloudCredentialsProvider;
import com.aliyuncs.auth.BasicSessionCredentials;
import com.aliyuncs.auth.InstanceProfileCredentialsProvider;
import com.aliyuncs.exceptions.ClientException;
import java.io.IOException;
import java.util.Map;

/**
 * The keys that the service runs with: of the environment, or of the RAM role of the ECS instance it runs on, which the SDK renews in
 * time (ECS, "Instance RAM roles"). Thread-safe.
 */
final class MachineKeys {
  private static final String ROLE = "ALIBABA_CLOUD_ECS_METADATA";

  private final Map<String, String> environment;
  private final AlibabaCloudCredentialsProvider role;

  private MachineKeys(Map<String, String> environment, AlibabaCloudCredentialsProvider role) {
    this.environment = environment;
    this.role = role;
  }

  /** What to do where the environment names neither keys nor a role; empty where it does. */
  static String missing(Map<String, String> environment) {
    boolean isNamed = !environment.getOrDefault(ROLE, "").isEmpty()
        || (!environment.getOrDefault("ALIBABA_CLOUD_ACCESS_KEY_ID", "").isEmpty()
            && !environment.getOrDefault("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "").isEmpty());
    return isNamed
        ? ""
        : "no keys: set " + ROLE
            + " to the name of the instance's RAM role, or ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET";
  }

  /** @throws ServiceException when the environment names neither keys nor a role */
  static MachineKeys of(Map<String, String> environment) {
    if (!missing(environment).isEmpty()) {
      throw new ServiceException(missing(environment));
    }
    String name = environment.getOrDefault(ROLE, "");
    return new MachineKeys(
        environment,
        name.isEmpty() ? MachineKeys::none : new InstanceProfileCredentialsProvider(name));
  }

  private static AlibabaCloudCredentials none() throws ClientException {
    throw new ClientException("NoRole", "no instance role was named");
  }

  /** @throws IOException when the instance's metadata does not give any */
  Invocation invocation(String requestId) throws IOException {
    if (environment.getOrDefault(ROLE, "").isEmpty()) {
      return new Invocation(
          requestId,
          environment.getOrDefault("ALIBABA_CLOUD_ACCESS_KEY_ID", ""),
          environment.getOrDefault("ALIBABA_CLOUD_ACCESS_KEY_SECRET", ""),
          environment.getOrDefault("ALIBABA_CLOUD_SECURITY_TOKEN", ""));
    }
    try {
      AlibabaCloudCredentials keys = role.getCredentials();
      String token =
          keys instanceof BasicSessionCredentials session ? session.getSessionToken() : "";
      return new Invocation(requestId, keys.getAccessKeyId(), keys.getAccessKeySecret(), token);
    } catch (ClientException e) {
      throw new IOException("no keys of the role that " + ROLE + " names: " + e.getErrCode(), e);
    }
  }
}
