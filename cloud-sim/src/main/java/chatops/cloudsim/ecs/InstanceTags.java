package chatops.cloudsim.ecs;

import chatops.cloudsim.cloud.CloudCall;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.CloudService;
import chatops.cloudsim.cloud.Parameters;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tags of instances: TagResources, UntagResources, ListTagResources with ResourceType {@code instance}. */
final class InstanceTags {
  private static final int MOST_TAGS = 20;
  private final Fleet fleet;

  InstanceTags(Fleet fleet) {
    this.fleet = fleet;
  }

  Map<String, CloudService.Api> apis() {
    return Map.of(
        "TagResources", this::tag, "UntagResources", this::untag, "ListTagResources", this::list);
  }

  private ObjectNode tag(CloudCall call) {
    List<Map.Entry<String, String>> tags = call.parameters().pairs("Tag");
    if (tags.isEmpty()) {
      throw CloudException.missing("Tag.1.Key");
    }
    synchronized (fleet) {
      List<Instance> instances = resources(call);
      for (Instance instance : instances) {
        long added = tags.stream()
            .filter(tag -> !instance.tags.containsKey(tag.getKey()))
            .count();
        if (instance.tags.size() + added > MOST_TAGS) {
          throw new CloudException(
              400, "NumberExceed.Tags", "The maximum number of tags is exceeded.");
        }
      }
      instances.forEach(
          instance -> tags.forEach(tag -> instance.tags.put(tag.getKey(), tag.getValue())));
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private ObjectNode untag(CloudCall call) {
    List<String> keys = call.parameters().list("TagKey");
    boolean all = call.parameters().flag("All");
    synchronized (fleet) {
      for (Instance instance : resources(call)) {
        instance.tags.keySet().removeIf(key -> keys.contains(key) || (all && keys.isEmpty()));
      }
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private ObjectNode list(CloudCall call) {
    Parameters parameters = call.parameters();
    String region = Regions.of(parameters);
    List<String> ids = parameters.list("ResourceId");
    List<Map.Entry<String, String>> wanted = parameters.pairs("Tag");
    ObjectNode reply = JsonNodeFactory.instance.objectNode().put("NextToken", "");
    ArrayNode rows = reply.putObject("TagResources").putArray("TagResource");
    synchronized (fleet) {
      for (Instance instance : fleet.in(region)) {
        if (ids.isEmpty() || ids.contains(instance.id)) {
          instance.tags.forEach((key, value) -> {
            if (wanted.isEmpty() || wanted.stream().anyMatch(tag -> matches(tag, key, value))) {
              rows.addObject()
                  .put("ResourceId", instance.id)
                  .put("ResourceType", "instance")
                  .put("TagKey", key)
                  .put("TagValue", value);
            }
          });
        }
      }
    }
    return reply;
  }

  private static boolean matches(Map.Entry<String, String> wanted, String key, String value) {
    return wanted.getKey().equals(key)
        && (wanted.getValue().isEmpty() || wanted.getValue().equals(value));
  }

  private List<Instance> resources(CloudCall call) {
    Parameters parameters = call.parameters();
    String region = Regions.of(parameters);
    if (!parameters.required("ResourceType").equalsIgnoreCase("instance")) {
      throw new CloudException(
          400,
          "InvalidResourceType.NotFound",
          "The simulated ECS tags resources of type instance only.");
    }
    List<String> ids = parameters.list("ResourceId");
    if (ids.isEmpty()) {
      throw CloudException.missing("ResourceId.1");
    }
    List<Instance> found = new ArrayList<>();
    for (String id : ids) {
      found.add(fleet
          .find(id, region)
          .orElseThrow(() -> new CloudException(
              404, "InvalidResourceId.NotFound", "The specified ResourceIds are not found.")));
    }
    return found;
  }
}
