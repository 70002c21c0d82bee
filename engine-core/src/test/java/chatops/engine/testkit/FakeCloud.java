package chatops.engine.testkit;

import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.ApiResponse;
import chatops.engine.cloud.CloudApi;
import chatops.engine.cloud.Session;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * A small ECS with real manners: an instance needs two looks to get from one state to the next, a wrong state is refused,
 * a known ClientToken answers as before. Calls are logged in order; throttling and lost answers can be ordered.
 */
public final class FakeCloud implements CloudApi {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Boundaries boundaries;
  private final InstantSource clock;
  private final Map<String, Instance> instances = new LinkedHashMap<>();
  private final Map<String, ObjectNode> tokens = new HashMap<>();
  private final List<String> log = new ArrayList<>();
  private final List<String> effects = new ArrayList<>();
  private final Deque<Trouble> troubles = new ArrayDeque<>();
  private final Map<String, Runnable> meanwhile = new HashMap<>();
  private final Map<String, Deque<ObjectNode>> scripts = new HashMap<>();
  private final List<ApiRequest> requests = new ArrayList<>();
  private final Map<String, Limit> limits = new HashMap<>();
  private int pageSize = 100;

  /** What is wrong with the next calls of one API. */
  private record Trouble(String api, ApiException.Verdict verdict, String code, boolean lands) {}

  private record Limit(LongPredicate limiter, Instant since, boolean isBusy) {}

  private static final class Instance {
    private String status;
    private String target;
    private int looks;
    private Instant since;

    Instance(String status, Instant since) {
      this.since = since;
      this.status = status;
      this.target = status;
    }

    void look() {
      if (!status.equals(target) && ++looks >= 2) {
        status = target;
      }
    }

    void go(String through, String to, Instant now) {
      if (to.equals("Running")) {
        since = now;
      }
      status = through;
      target = to;
      looks = 0;
    }
  }

  public FakeCloud(Boundaries boundaries, InstantSource clock) {
    this.boundaries = boundaries;
    this.clock = clock;
  }

  public FakeCloud instance(String id, String status) {
    instances.put(id, new Instance(status, clock.instant().minus(Duration.ofDays(1))));
    return this;
  }

  public void pageSize(int size) {
    pageSize = size;
  }

  /** The next call of this API is throttled: provably not processed. */
  public void throttle(String api, int times) {
    for (int i = 0; i < times; i++) {
      troubles.add(new Trouble(api, ApiException.Verdict.THROTTLED, "Throttling.User", false));
    }
  }

  /**
   * From now on this API takes calls only when {@code limiter} lets them pass, by nanoseconds of this cloud's clock since now.
   *
   * @param isBusy false throttles by error code, true says 503 and nothing more
   */
  public void limit(String api, boolean isBusy, LongPredicate limiter) {
    Instant start = clock.instant();
    limits.put(api, new Limit(limiter, start, isBusy));
  }

  /** The next call of this API is processed, but its answer is lost. */
  public void loseAnswer(String api) {
    troubles.add(new Trouble(api, ApiException.Verdict.UNKNOWN, "Unreachable", true));
  }

  /** The next call of this API is lost on the way; the caller cannot tell. */
  public void loseCall(String api) {
    troubles.add(new Trouble(api, ApiException.Verdict.UNKNOWN, "Unreachable", false));
  }

  public void refuse(String api, String code) {
    troubles.add(new Trouble(api, ApiException.Verdict.FINAL, code, false));
  }

  /**
   * Scripts an API this cloud does not know: answers in order, the last one for ever. An answer with a {@code Code} is a
   * refusal, one with {@code $lost} is a call whose answer is lost after it happened.
   */
  public FakeCloud script(String name, List<ObjectNode> answers) {
    scripts.put(name.toLowerCase(Locale.ROOT), new ArrayDeque<>(answers));
    return this;
  }

  /** Every call in order, as the engine made it. */
  public synchronized List<ApiRequest> requests() {
    return List.copyOf(requests);
  }

  public synchronized List<String> log() {
    return List.copyOf(log);
  }

  /** What really happened: {@code RebootInstance i-1}; repetitions under a known token are not listed again. */
  public synchronized List<String> effects() {
    return List.copyOf(effects);
  }

  public synchronized String status(String id) {
    Instance instance = instances.get(id);
    return instance == null ? "" : instance.status;
  }

  /** Says when an instance started. */
  public synchronized void rebooted(String id, Instant at) {
    Instance instance = instances.get(id);
    if (instance != null) {
      instance.since = at;
    }
  }

  public int count(String prefix) {
    return (int) effects().stream().filter(e -> e.startsWith(prefix)).count();
  }

  /** Something happens while the next call of this API is under way. */
  public void during(String api, Runnable event) {
    meanwhile.put(api, event);
  }

  @Override
  public ApiResponse call(ApiRequest request, Session session, Duration timeout) {
    boundaries.pass("before " + request.api());
    ApiResponse response = answer(request);
    boundaries.pass("after " + request.api());
    Runnable event = meanwhile.remove(request.api());
    if (event != null) {
      event.run();
    }
    return response;
  }

  private synchronized ApiResponse answer(ApiRequest request) {
    String id = request.parameters().path("InstanceId").asText("");
    log.add((request.api() + " " + id).strip());
    requests.add(request);
    Limit limit = limits.get(request.api());
    if (limit != null
        && !limit
            .limiter()
            .test(Duration.between(limit.since(), clock.instant()).toNanos())) {
      throw limit.isBusy()
          ? new ApiException(
              request.name(),
              "ServiceUnavailable",
              "too busy",
              "r-e",
              503,
              ApiException.Verdict.UNKNOWN,
              null)
          : error(request, "Throttling.User", ApiException.Verdict.THROTTLED);
    }
    Trouble trouble = trouble(request);
    if (trouble != null && !trouble.lands()) {
      throw error(request, trouble.code(), trouble.verdict());
    }
    ObjectNode body = switch (request.api().toLowerCase(Locale.ROOT)) {
      case "describeinstances" -> describe(request.parameters());
      case "startinstance" -> move(request, id, "Stopped", "Starting", "Running");
      case "stopinstance" -> move(request, id, "Running", "Stopping", "Stopped");
      case "rebootinstance" -> move(request, id, "Running", "Starting", "Running");
      case "runcommand" -> withToken(request);
      case "deletething" -> happened(request, "DeleteThing");
      default -> scripted(request);
    };
    if (trouble != null) {
      throw error(request, trouble.code(), trouble.verdict());
    }
    body.put("RequestId", "r-" + log.size());
    return new ApiResponse(body, "r-" + log.size());
  }

  private @org.jspecify.annotations.Nullable Trouble trouble(ApiRequest request) {
    for (Trouble trouble : troubles) {
      if (trouble.api().equals(request.api())) {
        troubles.remove(trouble);
        return trouble;
      }
    }
    return null;
  }

  private ObjectNode scripted(ApiRequest request) {
    Deque<ObjectNode> answers = scripts.get(request.name().toLowerCase(Locale.ROOT));
    if (answers == null || answers.isEmpty()) {
      throw error(request, "InvalidAction.NotFound", ApiException.Verdict.FINAL);
    }
    ObjectNode answer = answers.size() > 1 ? answers.remove() : answers.getFirst();
    if (answer.has("Code")) {
      throw new ApiException(
          request.name(),
          answer.path("Code").asText(),
          "refused",
          "r-" + log.size(),
          400,
          ApiException.Verdict.FINAL,
          answer);
    }
    effects.add(request.name());
    if (answer.has("$lost")) {
      throw error(request, "Unreachable", ApiException.Verdict.UNKNOWN);
    }
    return answer.deepCopy();
  }

  private ObjectNode happened(ApiRequest request, String what) {
    effects.add(what);
    return JSON.objectNode().put("Done", request.api());
  }

  private ObjectNode withToken(ApiRequest request) {
    String token = request.parameters().path("ClientToken").asText("");
    if (token.isEmpty()) {
      return happened(request, "RunCommand without token").put("InvokeId", "t-0");
    }
    ObjectNode known = tokens.get(token);
    if (known == null) {
      known = happened(request, "RunCommand").put("InvokeId", "t-" + (tokens.size() + 1));
      tokens.put(token, known);
    }
    return known.deepCopy();
  }

  private ObjectNode move(ApiRequest request, String id, String from, String through, String to) {
    Instance instance = instances.get(id);
    if (instance == null) {
      throw error(request, "InvalidInstanceId.NotFound", ApiException.Verdict.FINAL);
    }
    if (!instance.status.equals(from)) {
      throw error(request, "IncorrectInstanceStatus", ApiException.Verdict.FINAL);
    }
    instance.go(through, to, clock.instant());
    return happened(request, request.api() + " " + id);
  }

  private ObjectNode describe(ObjectNode parameters) {
    List<String> wanted = new ArrayList<>();
    parameters.path("InstanceIds").forEach(id -> wanted.add(id.asText()));
    List<Map.Entry<String, Instance>> all = instances.entrySet().stream()
        .filter(e -> !parameters.has("InstanceIds") || wanted.contains(e.getKey()))
        .toList();
    int number = parameters.path("PageNumber").asInt(1);
    ObjectNode body = JSON.objectNode();
    body.put("TotalCount", all.size()).put("PageNumber", number).put("PageSize", pageSize);
    ArrayNode list = body.putObject("Instances").putArray("Instance");
    all.stream().skip((number - 1L) * pageSize).limit(pageSize).forEach(e -> {
      e.getValue().look();
      list.addObject()
          .put("InstanceId", e.getKey())
          .put("InstanceName", "name-" + e.getKey())
          .put("RegionId", "cn-hangzhou")
          .put("OSType", "linux")
          .put("OSName", "Ubuntu  22.04 64 bit")
          .put("InstanceTypeFamily", "ecs.g7")
          .<ObjectNode>set("VpcAttributes", JSON.objectNode().put("VpcId", "vpc-1"))
          .put("Status", e.getValue().status)
          .put("StartTime", e.getValue().since.toString().substring(0, 16) + "Z");
    });
    return body;
  }

  private static ApiException error(ApiRequest request, String code, ApiException.Verdict verdict) {
    JsonNode body =
        verdict == ApiException.Verdict.UNKNOWN ? null : JSON.objectNode().put("Code", code);
    int status = verdict == ApiException.Verdict.UNKNOWN ? 0 : 403;
    return new ApiException(request.name(), code, "said the cloud", "r-e", status, verdict, body);
  }
}
