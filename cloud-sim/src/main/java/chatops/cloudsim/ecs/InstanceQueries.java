package chatops.cloudsim.ecs;

import chatops.cloudsim.cloud.CloudCall;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.CloudService;
import chatops.cloudsim.cloud.Parameters;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The APIs that look at instances. */
final class InstanceQueries {
  private final Fleet fleet;

  InstanceQueries(Fleet fleet) {
    this.fleet = fleet;
  }

  Map<String, CloudService.Api> apis() {
    return Map.of(
        "DescribeInstances", this::describeInstances,
        "DescribeInstanceStatus", this::describeStatus,
        "DescribeInstanceAttribute", this::describeAttribute);
  }

  ObjectNode describeInstances(CloudCall call) {
    Parameters parameters = call.parameters();
    String region = Regions.of(parameters);
    DryRun.check(parameters);
    synchronized (fleet) {
      return page(
          parameters,
          fleet.in(region).stream().filter(InstanceFilter.of(parameters)).toList(),
          call);
    }
  }

  /** The same reply with nothing in it: what the service shows to a caller without the permission. */
  ObjectNode describeNone(CloudCall call) {
    if (call.parameters().flag("DryRun")) {
      throw new CloudException(
          403, "Forbidden.RAM", "User not authorized to operate on the specified resource.");
    }
    return page(call.parameters(), List.of(), call);
  }

  private static ObjectNode page(Parameters parameters, List<Instance> found, CloudCall call) {
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    boolean byToken = parameters.text("MaxResults").isPresent()
        || parameters.text("NextToken").isPresent();
    int from;
    int size;
    if (byToken) {
      size = parameters.number("MaxResults", 10, 1, 100);
      from = parameters.text("NextToken").map(InstanceQueries::offset).orElse(0);
      boolean more = from + size < found.size();
      reply.put("NextToken", more ? token(from + size) : "");
    } else {
      int pageNumber = parameters.number("PageNumber", 1, 1, 1_000_000);
      size = parameters.number("PageSize", 10, 1, 100);
      from = (pageNumber - 1) * size;
      reply.put("NextToken", "").put("PageNumber", pageNumber).put("PageSize", size);
    }
    reply.put("TotalCount", found.size());
    ArrayNode instances = reply.putObject("Instances").putArray("Instance");
    found.stream()
        .skip(from)
        .limit(size)
        .forEach(
            instance -> instances.add(InstanceJson.of(instance, call.caller().accountId())));
    return reply;
  }

  private ObjectNode describeStatus(CloudCall call) {
    Parameters parameters = call.parameters();
    String region = Regions.of(parameters);
    List<String> ids = parameters.list("InstanceId");
    if (ids.size() > 100) {
      throw CloudException.invalid("InstanceId", "at most 100 ids.");
    }
    int pageNumber = parameters.number("PageNumber", 1, 1, 1_000_000);
    int pageSize = parameters.number("PageSize", 10, 1, 50);
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    synchronized (fleet) {
      List<Instance> found = fleet.in(region).stream()
          .filter(instance -> ids.isEmpty() || ids.contains(instance.id))
          .toList();
      reply.put("TotalCount", found.size()).put("PageNumber", pageNumber).put("PageSize", pageSize);
      ArrayNode statuses = reply.putObject("InstanceStatuses").putArray("InstanceStatus");
      found.stream()
          .skip((long) (pageNumber - 1) * pageSize)
          .limit(pageSize)
          .forEach(
              it -> statuses.addObject().put("InstanceId", it.id).put("Status", it.status.text()));
    }
    return reply;
  }

  private ObjectNode describeAttribute(CloudCall call) {
    String id = call.parameters().required("InstanceId");
    synchronized (fleet) {
      Instance instance = fleet.find(id, call.region()).orElseThrow(Ecs::notFound);
      return InstanceJson.of(instance, call.caller().accountId());
    }
  }

  private static String token(int offset) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("o" + offset).getBytes(StandardCharsets.UTF_8));
  }

  private static int offset(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith("o")) {
        return Integer.parseInt(text.substring(1));
      }
    } catch (IllegalArgumentException notOurs) {
      // answered below like a token of another shape
    }
    throw CloudException.invalid("NextToken", "it was not issued by this service.");
  }
}
