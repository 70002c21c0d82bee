package chatops.cloudsim.ecs;

import chatops.cloudsim.cloud.CloudCall;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.CloudService;
import chatops.cloudsim.cloud.Parameters;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Creates, changes and deletes instances: RunInstances with its client token, ModifyInstanceAttribute, DeleteInstance and DeleteInstances. */
final class InstanceLife {
  private record Launch(Map<String, String> parameters, ObjectNode reply) {}

  private final Fleet fleet;
  private final Map<String, Launch> launches = new HashMap<>();

  InstanceLife(Fleet fleet) {
    this.fleet = fleet;
  }

  Map<String, CloudService.Api> apis() {
    return Map.of(
        "RunInstances", this::run,
        "ModifyInstanceAttribute", this::modify,
        "DeleteInstance", this::delete,
        "DeleteInstances", this::deleteMany);
  }

  private ObjectNode run(CloudCall call) {
    Parameters parameters = call.parameters();
    String region = Regions.of(parameters);
    if (parameters
        .text("LaunchTemplateId")
        .or(() -> parameters.text("LaunchTemplateName"))
        .isEmpty()) {
      parameters.required("ImageId");
      parameters.required("InstanceType");
    }
    int amount = parameters.number("Amount", 1, 1, 100);
    DryRun.check(parameters);
    Optional<String> token = parameters.text("ClientToken");
    if (token.isPresent() && token.get().length() > 64) {
      throw CloudException.invalid("ClientToken", "at most 64 ASCII characters.");
    }
    synchronized (fleet) {
      Launch earlier = token.map(launches::get).orElse(null);
      if (earlier != null) {
        if (!earlier.parameters().equals(parameters.values())) {
          throw new CloudException(
              400,
              "IdempotentParameterMismatch",
              "The request uses the same client token with other parameters.");
        }
        return earlier.reply().deepCopy();
      }
      ObjectNode reply = launch(parameters, region, amount);
      token.ifPresent(given -> launches.put(given, new Launch(parameters.values(), reply)));
      return reply.deepCopy();
    }
  }

  private ObjectNode launch(Parameters parameters, String region, int amount) {
    String name = parameters.text("InstanceName").orElse("");
    ObjectNode reply = JsonNodeFactory.instance.objectNode();
    ArrayNode ids = reply.putObject("InstanceIdSets").putArray("InstanceIdSet");
    for (int number = 1; number <= amount; number++) {
      InstanceSpec spec = InstanceSpec.named(name).region(region).pending();
      spec.type(parameters.text("InstanceType").orElse("ecs.g7.large"));
      parameters.pairs("Tag").forEach(tag -> spec.tag(tag.getKey(), tag.getValue()));
      if (parameters.text("InstanceChargeType").orElse("PostPaid").equals("PrePaid")) {
        spec.prepaid();
      }
      if (parameters.flag("DeletionProtection")) {
        spec.deletionProtected();
      }
      ids.add(fleet.launch(spec));
    }
    return reply;
  }

  private ObjectNode modify(CloudCall call) {
    Parameters parameters = call.parameters();
    String id = parameters.required("InstanceId");
    Optional<String> name = parameters.text("InstanceName");
    if (name.isPresent() && (name.get().length() < 2 || name.get().length() > 128)) {
      throw CloudException.invalid("InstanceName", "expected 2 to 128 characters.");
    }
    synchronized (fleet) {
      Instance instance = fleet.find(id, call.region()).orElseThrow(Ecs::notFound);
      name.ifPresent(given -> instance.name = given);
      parameters.text("Description").ifPresent(given -> instance.description = given);
      if (parameters.text("DeletionProtection").isPresent()) {
        instance.deletionProtection = parameters.flag("DeletionProtection");
      }
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private ObjectNode delete(CloudCall call) {
    delete(List.of(call.parameters().required("InstanceId")), call);
    return JsonNodeFactory.instance.objectNode();
  }

  private ObjectNode deleteMany(CloudCall call) {
    List<String> ids = call.parameters().list("InstanceId");
    if (ids.isEmpty()) {
      throw CloudException.missing("InstanceId");
    }
    delete(ids, call);
    return JsonNodeFactory.instance.objectNode();
  }

  /** All or none: one unfit instance refuses the call. */
  private void delete(List<String> ids, CloudCall call) {
    synchronized (fleet) {
      List<Instance> fit = new ArrayList<>();
      for (String id : ids) {
        Instance instance = fleet.find(id, call.region()).orElseThrow(Ecs::notFound);
        checkDeletable(instance, call.parameters().flag("Force"));
        fit.add(instance);
      }
      DryRun.check(call.parameters());
      fit.forEach(fleet::remove);
    }
  }

  private static void checkDeletable(Instance instance, boolean force) {
    if (instance.deletionProtection) {
      throw new CloudException(
          403,
          "InvalidOperation.DeletionProtection",
          "The operation is not allowed because the instance is enabled deletion protection.");
    }
    if (instance.chargeType.equals("PrePaid")) {
      throw new CloudException(
          403,
          "ChargeTypeViolation",
          "The operation is not permitted due to charge type of the instance.");
    }
    if (instance.status != InstanceStatus.STOPPED && !force) {
      throw Ecs.wrongStatus();
    }
  }
}
