package chatops.local.serve;

import com.aliyun.fc.runtime.Context;
import com.aliyun.fc.runtime.Credentials;
import com.aliyun.fc.runtime.FunctionComputeLogger;
import com.aliyun.fc.runtime.FunctionParam;
import com.aliyun.fc.runtime.OpenTracing;
import com.aliyun.fc.runtime.Service;
import org.jspecify.annotations.Nullable;

/** What Execution is told of one invocation: an id, and the keys it runs with. {@link #toString} shows none of them. */
record Invocation(
    String getRequestId, String getAccessKeyId, String getAccessKeySecret, String getSecurityToken)
    implements Context, Credentials {
  @Override
  public Credentials getExecutionCredentials() {
    return this;
  }

  @Override
  public @Nullable FunctionParam getFunctionParam() {
    return null;
  }

  @Override
  public @Nullable Service getService() {
    return null;
  }

  @Override
  public @Nullable FunctionComputeLogger getLogger() {
    return null;
  }

  @Override
  public @Nullable OpenTracing getTracing() {
    return null;
  }

  @Override
  public int getRetryCount() {
    return 0;
  }

  @Override
  public String toString() {
    return "Invocation[" + getRequestId + "]";
  }
}
