package chatops.cloudsim.fc;

import chatops.cloudsim.identity.Principal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A function on duty: adds the platform's headers with fresh credentials of its role, counts what runs at once. Thread-safe. */
final class DeployedFunction {
  /** The platform has no room for another invocation right now. */
  static final class Exhausted extends Exception {
    private static final long serialVersionUID = 1L;
  }

  final FunctionSpec spec;
  final Map<String, AsyncTask> tasks = new ConcurrentHashMap<>();
  private final Semaphore room;
  private final String region;
  private final String accountId;
  private final Supplier<Principal.RoleSession> credentials;

  DeployedFunction(
      FunctionSpec spec,
      String region,
      String accountId,
      Supplier<Principal.RoleSession> credentials) {
    this.spec = spec;
    this.region = region;
    this.accountId = accountId;
    this.credentials = credentials;
    room = new Semaphore(spec.concurrency);
  }

  /** An event, as POST {@code /invoke}. */
  FunctionRuntime.Reply invoke(String requestId, int retryCount, byte[] payload)
      throws IOException, Exhausted {
    List<Map.Entry<String, String>> headers = platformHeaders(requestId, "/invoke", retryCount);
    headers.add(Map.entry("Content-Type", "application/octet-stream"));
    return send("POST", "/invoke", headers, payload);
  }

  /** An HTTP request of the function's trigger, passed through with its own path. */
  FunctionRuntime.Reply serve(
      String requestId,
      String method,
      String pathAndQuery,
      List<Map.Entry<String, String>> headers,
      byte[] body)
      throws IOException, Exhausted {
    List<Map.Entry<String, String>> all = new ArrayList<>(headers);
    all.addAll(platformHeaders(requestId, "/http-invoke", 0));
    return send(method, pathAndQuery, all, body);
  }

  private FunctionRuntime.Reply send(
      String method, String pathAndQuery, List<Map.Entry<String, String>> headers, byte[] body)
      throws IOException, Exhausted {
    if (!room.tryAcquire()) {
      throw new Exhausted();
    }
    try {
      return spec.runtime.send(
          new FunctionRuntime.Request(method, pathAndQuery, headers, body, spec.timeout));
    } finally {
      room.release();
    }
  }

  private List<Map.Entry<String, String>> platformHeaders(
      String requestId, String controlPath, int retryCount) {
    Principal.RoleSession session = credentials.get();
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("x-fc-request-id", requestId));
    headers.add(Map.entry("x-fc-access-key-id", session.accessKeyId()));
    headers.add(Map.entry("x-fc-access-key-secret", session.accessKeySecret()));
    headers.add(Map.entry("x-fc-security-token", session.securityToken()));
    headers.add(Map.entry("x-fc-function-name", spec.name));
    headers.add(Map.entry("x-fc-function-handler", spec.handler));
    headers.add(Map.entry("x-fc-function-memory", String.valueOf(spec.memoryMegabytes)));
    headers.add(Map.entry("x-fc-function-timeout", String.valueOf(spec.timeout.toSeconds())));
    headers.add(Map.entry("x-fc-region", region));
    headers.add(Map.entry("x-fc-account-id", accountId));
    headers.add(Map.entry("x-fc-qualifier", "LATEST"));
    headers.add(Map.entry("x-fc-version-id", "0"));
    headers.add(Map.entry("x-fc-control-path", controlPath));
    headers.add(Map.entry("x-fc-retry-count", String.valueOf(retryCount)));
    @Nullable String service = spec.service;
    if (service != null) {
      headers.add(Map.entry("x-fc-service-name", service));
    }
    return headers;
  }
}
