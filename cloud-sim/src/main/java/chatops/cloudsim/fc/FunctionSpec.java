package chatops.cloudsim.fc;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A function as it is deployed: everything but name, role and runtime has FC's default. Not thread-safe; read once by {@link FunctionCompute#register}. */
public final class FunctionSpec {
  final String name;
  final String roleArn;
  final FunctionRuntime runtime;

  @Nullable
  String service;

  String handler = "bootstrap";
  int memoryMegabytes = 512;
  Duration timeout = Duration.ofSeconds(60);
  int concurrency = Integer.MAX_VALUE;
  int retryAttempts = 3;
  Duration eventAge = Duration.ofDays(1);
  int duplicateTaskStatus = 409;

  private FunctionSpec(String name, String roleArn, FunctionRuntime runtime) {
    this.name = name;
    this.roleArn = roleArn;
    this.runtime = runtime;
  }

  /** A function of FC 3.0; its role must trust {@code fc.aliyuncs.com}. */
  public static FunctionSpec named(String name, String roleArn, FunctionRuntime runtime) {
    return new FunctionSpec(name, roleArn, runtime);
  }

  /** Makes it a function of an FC 2.0 service; FC 3.0 then knows it as {@code service$name}. */
  public FunctionSpec service(String serviceName) {
    service = serviceName;
    return this;
  }

  public FunctionSpec handler(String className) {
    handler = className;
    return this;
  }

  public FunctionSpec memoryMegabytes(int megabytes) {
    memoryMegabytes = megabytes;
    return this;
  }

  public FunctionSpec timeout(Duration longest) {
    timeout = longest;
    return this;
  }

  /** How many invocations run at once; more are answered 429, queued ones wait. */
  public FunctionSpec concurrency(int most) {
    concurrency = most;
    return this;
  }

  /** {@code maxAsyncRetryAttempts}, 0 to 8. */
  public FunctionSpec retryAttempts(int attempts) {
    retryAttempts = attempts;
    return this;
  }

  /** {@code maxAsyncEventAgeInSeconds}. */
  public FunctionSpec eventAge(Duration longest) {
    eventAge = longest;
    return this;
  }

  /** The status of a repeated task id: 409 in the newer documentation, 400 in the older. */
  public FunctionSpec duplicateTaskStatus(int status) {
    duplicateTaskStatus = status;
    return this;
  }

  /** The name FC 3.0 uses. */
  String key() {
    return service == null ? name : service + "$" + name;
  }
}
