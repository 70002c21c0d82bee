package chatops.cloudsim.ecs;

import chatops.cloudsim.cloud.CloudCall;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.CloudService;
import chatops.cloudsim.cloud.Paging;
import chatops.cloudsim.cloud.Parameters;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        "DescribeInstanceAttribute", this::describeAttribute,
        "DescribeImages", this::describeImages);
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
    List<Instance> page = Paging.of(parameters, 100, 100).cut(found, reply);
    ArrayNode instances = reply.putObject("Instances").putArray("Instance");
    page.forEach(
        instance -> instances.add(InstanceJson.of(instance, call.caller().accountId())));
    return reply;
  }

  /** Images that instances of the region have, all of them the vendor's; of an image's many fields those that say what it is and whose. */
  private ObjectNode describeImages(CloudCall call) {
    Parameters parameters = call.parameters();
    String region = Regions.of(parameters);
    List<String> wanted =
        parameters.text("ImageId").map(ids -> List.of(ids.split(","))).orElse(List.of());
    Map<String, ObjectNode> images = new TreeMap<>();
    synchronized (fleet) {
      for (Instance instance : fleet.in(region)) {
        ObjectNode shown = InstanceJson.of(instance, call.caller().accountId());
        String id = shown.path("ImageId").asText();
        if (wanted.isEmpty() || wanted.contains(id)) {
          ObjectNode image = JsonNodeFactory.instance.objectNode();
          image.put("ImageId", id);
          image.put("ImageName", id);
          image.put("ImageOwnerAlias", "system");
          image.put("Status", "Available");
          image.put("OSType", instance.osType);
          image.put("OSName", instance.osName);
          images.put(id, image);
        }
      }
    }
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    List<ObjectNode> page = Paging.of(parameters, 10, 100).cut(List.copyOf(images.values()), reply);
    reply.put("RegionId", region);
    reply.putObject("Images").putArray("Image").addAll(page);
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
}
