package chatops.cloudsim.fc;

import chatops.cloudsim.clock.Timeline;
import chatops.cloudsim.cloud.CallLog;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.identity.Identities;
import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.identity.Role;
import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Function Compute without a transport: functions, invocations, the asynchronous queue, timer triggers. Thread-safe. */
public final class FunctionCompute {
  private static final Duration TASK_KEPT = Duration.ofDays(7);

  private final Map<String, DeployedFunction> functions = new ConcurrentHashMap<>();
  private final List<ObjectNode> failures = new CopyOnWriteArrayList<>();
  private final QueueFaults queueFaults = new QueueFaults();
  private final String region;
  private final Identities identities;
  private final Timeline timeline;
  private final Names names;
  private final AsyncQueue queue;

  public FunctionCompute(
      String region, Identities identities, Timeline timeline, Names names, CallLog log) {
    this.region = region;
    this.identities = identities;
    this.timeline = timeline;
    this.names = names;
    queue = new AsyncQueue(timeline, queueFaults, log, failures::add);
  }

  public QueueFaults queueFaults() {
    return queueFaults;
  }

  /** What an onFailure destination would have received, in order. */
  public List<ObjectNode> failures() {
    return List.copyOf(failures);
  }

  /**
   * Deploys a function, replacing one of the same name.
   *
   * @throws IllegalStateException when its role does not exist or does not trust {@code fc.aliyuncs.com}
   */
  public void register(FunctionSpec spec) {
    identities.serviceRole(Role.FUNCTION_COMPUTE, spec.roleArn);
    functions.put(
        spec.key(),
        new DeployedFunction(
            spec,
            region,
            identities.accountId(),
            () -> identities.serviceSession(Role.FUNCTION_COMPUTE, spec.roleArn, spec.name)));
  }

  /** Sends the function a timer event each {@code interval} from now on; {@code payload} is a text even where it holds JSON. */
  public void timer(String function, String triggerName, Duration interval, String payload) {
    timeline.at(timeline.clock().instant().plus(interval), () -> {
      Instant now = timeline.clock().instant().truncatedTo(ChronoUnit.SECONDS);
      ObjectNode event = JsonNodeFactory.instance.objectNode();
      event
          .put("triggerTime", now.toString())
          .put("triggerName", triggerName)
          .put("payload", payload);
      timer(function, triggerName, interval, payload);
      byte[] bytes = event.toString().getBytes(StandardCharsets.UTF_8);
      enqueue(
          find(function),
          Invocation.async(function, Optional.empty(), Duration.ZERO, bytes),
          names.requestId());
    });
  }

  /**
   * An asynchronous invocation by a trigger of the platform (a topic, an event bus), which needs no identity of a caller.
   *
   * @throws CloudException when the queue does not take it; the trigger repeats it
   */
  public void trigger(String function, byte[] event) {
    enqueue(
        find(function),
        Invocation.async(function, Optional.empty(), Duration.ZERO, event),
        names.requestId());
  }

  /** An invocation by a caller whose identity is proved; refusals are {@link CloudException}s with FC's codes. */
  public InvocationResult invoke(Invocation invocation, Principal caller) {
    DeployedFunction function = find(invocation.function());
    String arn = arn(function.spec);
    if (!caller.mayCall("fc:InvokeFunction", arn)) {
      throw new CloudException(
          403, "AccessDenied", caller.arn() + " lacks fc:InvokeFunction on " + arn);
    }
    String requestId = names.requestId();
    return invocation.asynchronous()
        ? enqueue(function, invocation, requestId)
        : call(function, invocation, requestId);
  }

  /** The request of an HTTP trigger; anonymous, as the triggers of chat platforms are. */
  public FunctionRuntime.Reply serve(
      String function,
      String method,
      String pathAndQuery,
      List<Map.Entry<String, String>> headers,
      byte[] body) {
    try {
      return find(function).serve(names.requestId(), method, pathAndQuery, headers, body);
    } catch (DeployedFunction.Exhausted noRoom) {
      throw exhausted();
    } catch (SocketTimeoutException tooLong) {
      throw new CloudException(504, "FunctionTimeout", "Function timed out.");
    } catch (IOException notServed) {
      throw new CloudException(502, "FunctionNotStarted", "The function instance does not serve.");
    }
  }

  /** The asynchronous task, while it is kept (7 days). */
  public Optional<AsyncTask> task(String function, String taskId) {
    return Optional.ofNullable(find(function).tasks.get(taskId)).filter(this::isKept);
  }

  /** All events ever accepted for the function and still kept, oldest first. */
  public List<AsyncTask> tasks(String function) {
    return find(function).tasks.values().stream()
        .sorted(Comparator.comparing(AsyncTask::submitted))
        .toList();
  }

  private InvocationResult call(
      DeployedFunction function, Invocation invocation, String requestId) {
    try {
      FunctionRuntime.Reply reply = function.invoke(requestId, 0, invocation.payload());
      return new InvocationResult(
          200, requestId, Optional.empty(), FunctionError.of(reply), reply.body());
    } catch (DeployedFunction.Exhausted noRoom) {
      throw exhausted();
    } catch (SocketTimeoutException tooLong) {
      String message = "{\"errorMessage\":\"Function timed out after "
          + function.spec.timeout.toSeconds() + " seconds\"}";
      byte[] payload = message.getBytes(StandardCharsets.UTF_8);
      return new InvocationResult(
          200, requestId, Optional.empty(), Optional.of(FunctionError.UNHANDLED), payload);
    } catch (IOException notServed) {
      throw new CloudException(
          412,
          "FunctionNotStarted",
          "The function instance does not serve: " + notServed.getMessage());
    }
  }

  private InvocationResult enqueue(
      DeployedFunction function, Invocation invocation, String requestId) {
    EventRules.check(invocation);
    String taskId = invocation.taskId().orElse(requestId);
    AsyncTask task = new AsyncTask(
        taskId,
        requestId,
        function.spec.key(),
        invocation.payload(),
        timeline.clock().instant());
    AsyncTask earlier =
        function.tasks.merge(taskId, task, (old, fresh) -> isKept(old) ? old : fresh);
    if (earlier != task) {
      throw new CloudException(
          function.spec.duplicateTaskStatus,
          "StatefulAsyncInvocationAlreadyExists",
          "The asynchronous task " + taskId + " exists already.");
    }
    queue.submit(function, task, invocation.delay());
    return new InvocationResult(202, requestId, Optional.of(taskId), Optional.empty(), new byte[0]);
  }

  private boolean isKept(AsyncTask task) {
    return timeline.clock().instant().isBefore(task.submitted().plus(TASK_KEPT));
  }

  private DeployedFunction find(String key) {
    DeployedFunction function = functions.get(key);
    if (function == null) {
      throw new CloudException(404, "FunctionNotFound", "function '" + key + "' does not exist");
    }
    return function;
  }

  private String arn(FunctionSpec spec) {
    String resource = spec.service == null
        ? "functions/" + spec.name
        : "services/" + spec.service + "/functions/" + spec.name;
    return "acs:fc:" + region + ":" + identities.accountId() + ":" + resource;
  }

  private static CloudException exhausted() {
    return new CloudException(
        429, "ResourceExhausted", "Your request has exceeded the function's concurrency.");
  }
}
