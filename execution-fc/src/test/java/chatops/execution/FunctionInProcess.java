package chatops.execution;

import chatops.cloudsim.fc.FunctionRuntime;
import com.aliyun.fc.runtime.Context;
import com.aliyun.fc.runtime.Credentials;
import com.aliyun.fc.runtime.FunctionParam;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs the handler in this process, for the simulated Function Compute and for tests. */
final class FunctionInProcess implements FunctionRuntime {
  private final AtomicReference<@Nullable ExecutionHandler> served = new AtomicReference<>();
  private volatile int limitMillis = 120_000;

  record Keys(String id, String secret, String token) implements Credentials {
    @Override
    public String getAccessKeyId() {
      return id;
    }

    @Override
    public String getAccessKeySecret() {
      return secret;
    }

    @Override
    public String getSecurityToken() {
      return token;
    }
  }

  /** How long an invocation may take, as the function is told. */
  void timeLimit(Duration limit) {
    limitMillis = (int) limit.toMillis();
  }

  void serve(ExecutionHandler handler) {
    served.set(handler);
  }

  @Override
  public Reply send(Request request) throws IOException {
    ExecutionHandler handler = served.get();
    if (handler == null || !request.pathAndQuery().startsWith("/invoke")) {
      return new Reply(200, List.of(), new byte[0]);
    }
    Reply headers = new Reply(0, request.headers(), new byte[0]);
    Keys keys = new Keys(
        headers.header("x-fc-access-key-id"),
        headers.header("x-fc-access-key-secret"),
        headers.header("x-fc-security-token"));
    return new Reply(200, List.of(), invoke(handler, request.body(), keys));
  }

  byte[] invoke(ExecutionHandler handler, byte[] event, Keys keys) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(event), out, context(keys));
    return out.toByteArray();
  }

  Context context() {
    return context(new Keys("", "", ""));
  }

  private Context context(Keys keys) {
    FunctionParam parameters = new FunctionParam() {
      @Override
      public String getFunctionName() {
        return "execution";
      }

      @Override
      public String getFunctionHandler() {
        return ExecutionHandler.class.getName();
      }

      @Override
      public String getFunctionInitializer() {
        return "";
      }

      @Override
      public int getExecTimeLimitInMillis() {
        return limitMillis;
      }

      @Override
      public int getMemoryLimitInMB() {
        return 512;
      }
    };
    return (Context) Proxy.newProxyInstance(
        Context.class.getClassLoader(),
        new Class<?>[] {Context.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "getExecutionCredentials" -> keys;
          case "getFunctionParam" -> parameters;
          case "getRequestId" -> "request";
          default -> null;
        });
  }
}
