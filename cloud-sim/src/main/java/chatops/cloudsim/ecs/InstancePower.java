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

/** Start, stop and reboot, one instance or up to 100 at a time. A 200 means accepted: the state machine goes on by the clock. */
final class InstancePower {
  private final Fleet fleet;

  InstancePower(Fleet fleet) {
    this.fleet = fleet;
  }

  Map<String, CloudService.Api> apis() {
    return Map.of(
        "StartInstance", call -> one(call, Power.START),
        "StopInstance", call -> one(call, Power.STOP),
        "RebootInstance", call -> one(call, Power.REBOOT),
        "StartInstances", call -> many(call, Power.START),
        "StopInstances", call -> many(call, Power.STOP),
        "RebootInstances", call -> many(call, Power.REBOOT));
  }

  private ObjectNode one(CloudCall call, Power power) {
    Parameters parameters = call.parameters();
    String id = parameters.required("InstanceId");
    synchronized (fleet) {
      Instance instance = fleet.find(id, call.region()).orElseThrow(Ecs::notFound);
      power.check(instance, parameters);
      DryRun.check(parameters);
      power.apply(instance, parameters, fleet);
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private ObjectNode many(CloudCall call, Power power) {
    Parameters parameters = call.parameters();
    String region = Regions.of(parameters);
    List<String> ids = parameters.list("InstanceId");
    if (ids.isEmpty()) {
      throw CloudException.missing("InstanceId");
    }
    if (ids.size() > 100) {
      throw CloudException.invalid("InstanceId", "at most 100 ids.");
    }
    String mode = parameters.text("BatchOptimization").orElse("AllTogether");
    synchronized (fleet) {
      return switch (mode) {
        case "AllTogether" -> together(ids, region, parameters, power);
        case "SuccessFirst" -> successFirst(ids, region, parameters, power);
        default ->
          throw CloudException.invalid(
              "BatchOptimization", "expected AllTogether or SuccessFirst.");
      };
    }
  }

  private ObjectNode together(List<String> ids, String region, Parameters parameters, Power power) {
    List<Instance> fit = new ArrayList<>();
    for (String id : ids) {
      Instance instance = fleet.find(id, region).orElseThrow(Ecs::notFound);
      power.check(instance, parameters);
      fit.add(instance);
    }
    DryRun.checkBatch(parameters);
    ArrayNode responses = JsonNodeFactory.instance.arrayNode();
    for (Instance instance : fit) {
      String previous = instance.status.text();
      power.apply(instance, parameters, fleet);
      responses.add(response(instance.id, "200", "success", previous, instance.status.text()));
    }
    return reply(responses);
  }

  private ObjectNode successFirst(
      List<String> ids, String region, Parameters parameters, Power power) {
    // the real service says so before it looks at the instances
    DryRun.checkBatch(parameters);
    ArrayNode responses = JsonNodeFactory.instance.arrayNode();
    for (String id : ids) {
      String previous =
          fleet.find(id, region).map(instance -> instance.status.text()).orElse("");
      try {
        Instance instance = fleet.find(id, region).orElseThrow(Ecs::notFound);
        power.check(instance, parameters);
        power.apply(instance, parameters, fleet);
        responses.add(response(id, "200", "success", previous, instance.status.text()));
      } catch (CloudException refusal) {
        responses.add(response(id, refusal.code(), refusal.text(), previous, previous));
      }
    }
    return reply(responses);
  }

  private static ObjectNode reply(ArrayNode responses) {
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    reply.putObject("InstanceResponses").set("InstanceResponse", responses);
    return reply;
  }

  private static ObjectNode response(
      String id, String code, String message, String previous, String current) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("InstanceId", id)
        .put("Code", code)
        .put("Message", message)
        .put("PreviousStatus", previous)
        .put("CurrentStatus", current);
  }
}
