package chatops.runtime;

import com.aliyun.fc.runtime.Context;
import com.aliyun.fc.runtime.Credentials;
import com.aliyun.fc.runtime.FunctionComputeLogger;
import com.aliyun.fc.runtime.FunctionParam;
import com.aliyun.fc.runtime.OpenTracing;
import com.aliyun.fc.runtime.Service;
import java.util.Map;
import java.util.UUID;

/**
 * What one request's {@code x-fc-*} headers say, made anew for each: the keys of two invocations in one instance never
 * meet. Text that is absent is empty, not null.
 */
final class InvocationContext implements Context {
  private final String requestId;
  private final RoleKeys keys;
  private final Function function;
  private final Home service;
  private final InvocationLog log;
  private final String accountId;
  private final int retryCount;

  InvocationContext(FcHeaders headers, ServerOptions options) {
    requestId = requestId(headers.get("x-fc-request-id"));
    keys = new RoleKeys(
        headers.get("x-fc-access-key-id"),
        headers.get("x-fc-access-key-secret"),
        headers.get("x-fc-security-token"));
    function = new Function(
        or(headers.get("x-fc-function-name"), options.environment("FC_FUNCTION_NAME")),
        or(headers.get("x-fc-function-handler"), options.environment("FC_FUNCTION_HANDLER")),
        headers.get("x-fc-function-initializer"),
        // 24 h at most, as FC allows: the product stays an int
        Math.min(
                86_400,
                headers.number(
                    "x-fc-function-timeout", number(options.environment("FC_TIMEOUT"), 60)))
            * 1000,
        headers.number(
            "x-fc-function-memory", number(options.environment("FC_FUNCTION_MEMORY_SIZE"), 0)));
    service = new Home(
        headers.get("x-fc-service-name"),
        headers.get("x-fc-service-logproject"),
        headers.get("x-fc-service-logstore"),
        headers.get("x-fc-qualifier"),
        headers.get("x-fc-version-id"));
    accountId = or(headers.get("x-fc-account-id"), options.environment("FC_ACCOUNT_ID"));
    retryCount = headers.number("x-fc-retry-count", 0);
    log = new InvocationLog(options.log(), options.clock(), requestId, keys);
  }

  String accountId() {
    return accountId;
  }

  InvocationLog log() {
    return log;
  }

  @Override
  public String getRequestId() {
    return requestId;
  }

  @Override
  public Credentials getExecutionCredentials() {
    return keys;
  }

  @Override
  public FunctionParam getFunctionParam() {
    return function;
  }

  @Override
  public Service getService() {
    return service;
  }

  @Override
  public FunctionComputeLogger getLogger() {
    return log;
  }

  @Override
  public OpenTracing getTracing() {
    return Untraced.INSTANCE;
  }

  @Override
  public int getRetryCount() {
    return retryCount;
  }

  /** It is printed into the markers of the log, so only what looks like an id is taken. */
  private static String requestId(String given) {
    boolean sound = !given.isEmpty() && given.length() <= 128;
    for (int i = 0; sound && i < given.length(); i++) {
      char c = given.charAt(i);
      sound = c == '-' || c == '_' || c == '.' || (c < 128 && Character.isLetterOrDigit(c));
    }
    return sound ? given : UUID.randomUUID().toString();
  }

  private static String or(String value, String otherwise) {
    return value.isEmpty() ? otherwise : value;
  }

  private static int number(String text, int otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException none) {
      return otherwise;
    }
  }

  /** Keys of the function's role; its text shows none of them. */
  record RoleKeys(String getAccessKeyId, String getAccessKeySecret, String getSecurityToken)
      implements Credentials {
    @Override
    public String toString() {
      return "RoleKeys[…]";
    }
  }

  private record Function(
      String getFunctionName,
      String getFunctionHandler,
      String getFunctionInitializer,
      int getExecTimeLimitInMillis,
      int getMemoryLimitInMB)
      implements FunctionParam {}

  private record Home(
      String getName,
      String getLogProject,
      String getLogStore,
      String getQualifier,
      String getVersionId)
      implements Service {}

  private enum Untraced implements OpenTracing {
    INSTANCE;

    @Override
    public String getSpanContext() {
      return "";
    }

    @Override
    public Map<String, String> getSpanBaggages() {
      return Map.of();
    }

    @Override
    public String getJaegerEndpoint() {
      return "";
    }
  }
}
