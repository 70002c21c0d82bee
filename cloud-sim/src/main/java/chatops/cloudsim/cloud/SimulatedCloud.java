package chatops.cloudsim.cloud;

import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.seed.Names;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The simulated cloud without a transport: one call in, one reply out, on the services' clock. Checks the caller's permissions, applies the faults that are switched on,
 * and writes the call log. Thread-safe; faults' delays are only reported, a transport waits them out.
 */
public final class SimulatedCloud {
  private final Map<String, CloudService> services = new LinkedHashMap<>();
  private final Names names;
  private final CallLog log;
  private final Faults faults;

  public SimulatedCloud(List<CloudService> services, Names names, CallLog log, Faults faults) {
    services.forEach(
        service -> this.services.put(service.product().toLowerCase(Locale.ROOT), service));
    this.names = names;
    this.log = log;
    this.faults = faults;
  }

  public CallLog log() {
    return log;
  }

  public Faults faults() {
    return faults;
  }

  public Names names() {
    return names;
  }

  /** The product of this name, in any letter case. */
  public Optional<CloudService> product(String name) {
    return Optional.ofNullable(services.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The product that has this API version. */
  public Optional<CloudService> byVersion(String version) {
    return services.values().stream()
        .filter(service -> service.version().equals(version))
        .findFirst();
  }

  /** One call by a caller whose identity is proved already; errors are replies too. */
  public CloudReply call(
      String service, String api, Map<String, String> parameters, Principal caller, String region) {
    return call(new CloudCall(service, api, region, caller, new Parameters(parameters)));
  }

  public CloudReply call(CloudCall call) {
    long started = System.nanoTime();
    CloudReply reply = answer(call);
    log.add(
        call.caller().arn(),
        call.service(),
        call.api(),
        call.region(),
        call.parameters().values(),
        reply.status(),
        reply.code(),
        reply.requestId(),
        Duration.ofNanos(System.nanoTime() - started));
    return reply;
  }

  private CloudReply answer(CloudCall call) {
    String requestId = names.requestId();
    Duration delay = Duration.ZERO;
    boolean lost = false;
    for (Fault fault : faults.hit(call.service(), call.api())) {
      if (fault instanceof Fault.Delay slow) {
        delay = delay.plus(slow.by());
      } else if (fault instanceof Fault.LostReply) {
        lost = true;
      } else if (fault instanceof Fault.Refuse refuse) {
        return refused(
                call.service(),
                requestId,
                new CloudException(refuse.status(), refuse.code(), refuse.message()))
            .delayedBy(delay);
      } else {
        return gatewayPage(requestId).delayedBy(delay);
      }
    }
    CloudReply reply = applied(call, requestId).delayedBy(delay);
    return lost ? reply.lose() : reply;
  }

  private CloudReply applied(CloudCall call, String requestId) {
    try {
      CloudService service = services.get(call.service().toLowerCase(Locale.ROOT));
      if (service == null) {
        throw new CloudException(
            404, "InvalidProduct.NotFound", "The simulated cloud has no product " + call.service());
      }
      CloudService.Api api = service.apis().get(call.api());
      if (api == null) {
        throw new CloudException(
            404,
            "InvalidAction.NotFound",
            "Specified api is not found, please check your url and method.");
      }
      ObjectNode body = JsonNodeFactory.instance.objectNode().put("RequestId", requestId);
      body.setAll(
          permitted(service, call)
              ? api.call(call)
              : service.withoutPermission(call).call(call));
      return new CloudReply(
          200, requestId, "OK", CloudReply.JSON, body.toString(), Duration.ZERO, false);
    } catch (CloudException refusal) {
      return refused(call.service(), requestId, refusal);
    }
  }

  private static boolean permitted(CloudService service, CloudCall call) {
    String action = service.product().toLowerCase(Locale.ROOT) + ":" + call.api();
    return service.resources(call).stream()
        .allMatch(resource -> call.caller().mayCall(action, resource));
  }

  /** An error as the OpenAPI gateway words it. */
  public CloudReply refused(String service, String requestId, CloudException refusal) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("RequestId", requestId);
    body.put("HostId", service.toLowerCase(Locale.ROOT) + ".aliyuncs.com");
    body.put("Code", refusal.code());
    body.put("Message", refusal.text());
    body.put(
        "Recommend",
        "https://api.aliyun.com/troubleshoot?q=" + refusal.code() + "&product=" + service
            + "&requestId=" + requestId);
    return new CloudReply(
        refusal.status(),
        requestId,
        refusal.code(),
        CloudReply.JSON,
        body.toString(),
        Duration.ZERO,
        false);
  }

  private static CloudReply gatewayPage(String requestId) {
    String page =
        "<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body></body>\r\n</html>\r\n";
    return new CloudReply(503, requestId, "", "text/html", page, Duration.ZERO, false);
  }
}
