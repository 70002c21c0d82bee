package chatops.fc2;

import chatops.chat.fc.Endpoint;
import chatops.chat.fc.Fc3FunctionClient;
import chatops.chat.fc.FunctionClient;
import chatops.chat.fc.FunctionClient.Keys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Chooses the client that reaches Execution: FC 2 when {@code EXECUTION_SERVICE} names a service, else FC 3.
 *
 * <p>{@code EXECUTION_FUNCTION} is required. {@code FC_ENDPOINT} may be left out where the platform sets
 * {@code FC_ACCOUNT_ID} and {@code FC_REGION}. The names of the classic sample are taken where ours are absent:
 * {@code FUNCTION_COMPUTE_ENDPOINT} for {@code FC_ENDPOINT}, {@code INVOKE_FC} for {@code EXECUTION_FUNCTION}.
 */
public final class FunctionClients {
  private FunctionClients() {}

  /** @throws IllegalArgumentException naming the variable that is missing or unusable, never its value */
  public static FunctionClient fromEnvironment(Map<String, String> environment, Keys keys) {
    String function = first(environment, "EXECUTION_FUNCTION", "INVOKE_FC");
    if (function.isEmpty()) {
      throw new IllegalArgumentException(
          "EXECUTION_FUNCTION is not set: the name of the function Execution runs in");
    }
    Endpoint endpoint = endpoint(environment);
    String service = first(environment, "EXECUTION_SERVICE", "");
    if (service.isEmpty()) {
      try {
        return new Fc3FunctionClient(endpoint, function, keys, InstantSource.system());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("EXECUTION_FUNCTION: " + e.getMessage(), e);
      }
    }
    try {
      return Fc2.client(endpoint, environment, service, function, keys);
    } catch (NoClassDefFoundError leftOut) {
      throw new IllegalArgumentException(
          "EXECUTION_SERVICE is set, and this package has no client of FC 2 in it:"
              + " make it with ./chatops package --fc2, or leave the variable empty for a function of FC 3",
          leftOut);
    }
  }

  private static Endpoint endpoint(Map<String, String> environment) {
    String given = first(environment, "FC_ENDPOINT", "FUNCTION_COMPUTE_ENDPOINT");
    if (!given.isEmpty()) {
      // the classic sample writes the host alone
      return Endpoint.parse(given.contains("://") ? given : "https://" + given);
    }
    String account = first(environment, "FC_ACCOUNT_ID", "");
    String region = first(environment, "FC_REGION", "");
    if (account.isEmpty() || region.isEmpty()) {
      throw new IllegalArgumentException(
          "FC_ENDPOINT is not set, and FC_ACCOUNT_ID with FC_REGION neither:"
              + " expected e.g. https://<account>.<region>-internal.fc.aliyuncs.com");
    }
    return Endpoint.ofAccount(account, region);
  }

  private static String first(Map<String, String> environment, String name, String alias) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() && !alias.isEmpty()
        ? environment.getOrDefault(alias, "").strip()
        : value;
  }

  /** Apart, so that the SDK is met only when it is wanted. */
  private static final class Fc2 {
    static FunctionClient client(
        Endpoint endpoint,
        Map<String, String> environment,
        String service,
        String function,
        Keys keys) {
      return new Fc2FunctionClient(
          endpoint,
          first(environment, "FC_ACCOUNT_ID", ""),
          first(environment, "FC_REGION", ""),
          service,
          function,
          keys,
          Duration.ofMillis(500),
          Duration.ofMillis(1500));
    }
  }
}
