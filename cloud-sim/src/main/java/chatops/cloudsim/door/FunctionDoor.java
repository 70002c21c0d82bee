package chatops.cloudsim.door;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.SimulatedCloud;
import chatops.cloudsim.fc.AsyncTask;
import chatops.cloudsim.fc.FunctionCompute;
import chatops.cloudsim.fc.Invocation;
import chatops.cloudsim.fc.InvocationResult;
import chatops.cloudsim.http.Door;
import chatops.cloudsim.http.WebReply;
import chatops.cloudsim.http.WebRequest;
import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.signature.Acs3Signature;
import chatops.cloudsim.signature.FcSignature;
import chatops.cloudsim.signature.Gatekeeper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The invocation endpoint of Function Compute, both generations: {@code /2023-03-30/functions/…} and {@code /2016-08-15/services/…}. */
public final class FunctionDoor implements Door {
  private final FunctionCompute functions;
  private final SimulatedCloud cloud;
  private final Acs3Signature acs3;
  private final FcSignature fc;

  public FunctionDoor(FunctionCompute functions, SimulatedCloud cloud, Gatekeeper gatekeeper) {
    this.functions = functions;
    this.cloud = cloud;
    acs3 = new Acs3Signature(gatekeeper);
    fc = new FcSignature(gatekeeper);
  }

  @Override
  public WebReply answer(WebRequest request) {
    long started = System.nanoTime();
    String caller = "unverified";
    Map<String, String> logged = new TreeMap<>();
    Optional<FunctionPath> path = FunctionPath.parse(request.path());
    String api = path.map(FunctionPath::api).orElse("Unknown");
    WebReply reply;
    String code = "OK";
    try {
      FunctionPath target = path.orElseThrow(() -> new CloudException(
          404, "PathNotSupported", "Path " + request.path() + " is not supported."));
      logged.put("function", target.function());
      logged.put("bytes", String.valueOf(request.body().length));
      Principal principal = target.generation3() ? acs3.verify(request) : fc.verify(request);
      caller = principal.arn();
      reply = faulty(target, request, principal, logged);
      code = reply.status() == 503 && reply.header("X-Fc-Request-Id").isEmpty() ? "" : "OK";
    } catch (CloudException refusal) {
      CloudException told = FunctionRefusal.inFcWords(refusal);
      code = told.code();
      reply = refused(path.map(FunctionPath::generation3).orElse(true), told);
    }
    cloud
        .log()
        .add(
            caller,
            "FC",
            api,
            "",
            logged,
            reply.status(),
            code,
            reply.header("X-Fc-Request-Id"),
            Duration.ofNanos(System.nanoTime() - started));
    return reply;
  }

  private WebReply faulty(
      FunctionPath path, WebRequest request, Principal principal, Map<String, String> logged) {
    return DoorFaults.ofCloud(
        cloud.faults().hit("FC", path.api()),
        WebReply.of(
            503, "text/html", "<html><body>503 Service Temporarily Unavailable</body></html>"),
        () -> path.isTask() ? task(path, principal) : invoke(path, request, principal, logged));
  }

  private WebReply invoke(
      FunctionPath path, WebRequest request, Principal principal, Map<String, String> logged) {
    if (!request.method().equals("POST")) {
      throw new CloudException(405, "MethodNotAllowed", "Invocations are POST requests.");
    }
    Optional<String> taskId = given(
        request, path.generation3() ? "x-fc-async-task-id" : "X-Fc-Stateful-Async-Invocation-Id");
    String type = given(request, "X-Fc-Invocation-Type").orElse("Sync");
    boolean asynchronous = type.equalsIgnoreCase("Async");
    if (!asynchronous && !type.equalsIgnoreCase("Sync")) {
      throw new CloudException(
          400, "InvalidArgument", "X-Fc-Invocation-Type must be Sync or Async.");
    }
    logged.put("invocationType", asynchronous ? "Async" : "Sync");
    taskId.ifPresent(id -> logged.put("taskId", id));
    given(request, "x-fc-async-delay").ifPresent(delay -> logged.put("delay", delay));
    Invocation invocation = asynchronous
        ? Invocation.async(path.function(), taskId, delay(request), request.body())
        : Invocation.sync(path.function(), request.body());
    return reply(path, functions.invoke(invocation, principal));
  }

  private static WebReply reply(FunctionPath path, InvocationResult result) {
    List<Map.Entry<String, String>> headers =
        List.of(Map.entry("X-Fc-Request-Id", result.requestId()));
    WebReply reply = new WebReply(result.status(), headers, result.payload(), Duration.ZERO, false);
    if (result.taskId().isPresent()) {
      String name = path.generation3() ? "X-Fc-Async-Task-Id" : "X-Fc-Stateful-Async-Invocation-Id";
      reply = reply.with(name, result.taskId().get());
    }
    if (!result.errorType().isEmpty()) {
      reply = reply.with("X-Fc-Error-Type", result.errorType().get());
    }
    return result.payload().length == 0
        ? reply
        : reply.with("Content-Type", "application/octet-stream");
  }

  /** GetAsyncTask of 2023-03-30. */
  private WebReply task(FunctionPath path, Principal principal) {
    if (!principal.mayCall("fc:GetAsyncTask", "*")) {
      throw new CloudException(403, "AccessDenied", principal.arn() + " lacks fc:GetAsyncTask.");
    }
    AsyncTask task = functions
        .task(path.function(), path.taskId())
        .orElseThrow(
            () -> new CloudException(404, "AsyncTaskNotFound", "async task does not exist"));
    String state =
        task.state() == AsyncTask.State.LOST ? "ENQUEUED" : task.state().name();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("taskId", task.taskId());
    body.put("requestId", task.requestId());
    body.put("status", state.charAt(0) + state.substring(1).toLowerCase(Locale.ROOT));
    body.put("startedTime", task.submitted().toEpochMilli());
    body.put("alreadyRetriedTimes", Math.max(0, task.invocations() - 1));
    body.put("taskErrorMessage", task.lastError());
    return WebReply.json(200, body.toString())
        .with("X-Fc-Request-Id", cloud.names().requestId());
  }

  private static Duration delay(WebRequest request) {
    String seconds = request.header("x-fc-async-delay");
    try {
      return seconds.isEmpty() ? Duration.ZERO : Duration.ofSeconds(Long.parseLong(seconds));
    } catch (NumberFormatException notANumber) {
      throw new CloudException(
          400, "InvalidArgument", "x-fc-async-delay must be a number of seconds.");
    }
  }

  private static Optional<String> given(WebRequest request, String name) {
    return Optional.of(request.header(name)).filter(value -> !value.isEmpty());
  }

  private WebReply refused(boolean generation3, CloudException refusal) {
    String requestId = cloud.names().requestId();
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (generation3) {
      body.put("RequestId", requestId).put("Code", refusal.code()).put("Message", refusal.text());
    } else {
      body.put("ErrorCode", refusal.code()).put("ErrorMessage", refusal.text());
    }
    return WebReply.json(refusal.status(), body.toString()).with("X-Fc-Request-Id", requestId);
  }
}
