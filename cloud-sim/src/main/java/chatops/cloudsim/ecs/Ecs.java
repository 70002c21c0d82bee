package chatops.cloudsim.ecs;

import chatops.cloudsim.cloud.CloudCall;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.CloudService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ECS 2014-05-26 on a {@link Fleet}. Thread-safe. */
public final class Ecs implements CloudService {
  private final Fleet fleet;
  private final InstanceQueries queries;
  private final Map<String, Api> apis = new HashMap<>();

  public Ecs(Fleet fleet) {
    this(fleet, Map.of());
  }

  /** @param more further APIs of the product, played elsewhere */
  public Ecs(Fleet fleet, Map<String, Api> more) {
    this.fleet = fleet;
    queries = new InstanceQueries(fleet);
    apis.putAll(queries.apis());
    apis.putAll(new InstancePower(fleet).apis());
    apis.putAll(new InstanceTags(fleet).apis());
    apis.putAll(new InstanceLife(fleet).apis());
    apis.putAll(more);
  }

  @Override
  public String product() {
    return "Ecs";
  }

  @Override
  public String version() {
    return "2014-05-26";
  }

  @Override
  public Map<String, Api> apis() {
    return apis;
  }

  @Override
  public List<String> resources(CloudCall call) {
    List<String> ids = new ArrayList<>(call.parameters().list("InstanceId"));
    call.parameters().text("InstanceId").ifPresent(ids::add);
    if (call.api().endsWith("TagResources")) {
      ids.addAll(call.parameters().list("ResourceId"));
    }
    String account = call.caller().accountId();
    List<String> arns = new ArrayList<>();
    synchronized (fleet) {
      for (String id : ids) {
        Optional<Instance> instance = fleet.find(id, "");
        arns.add(instance
            .map(it -> it.arn(account))
            .orElse("acs:ecs:" + call.region() + ":" + account + ":instance/" + id));
      }
    }
    return arns.isEmpty()
        ? List.of("acs:ecs:" + call.region() + ":" + account + ":instance/*")
        : arns;
  }

  @Override
  public Api withoutPermission(CloudCall call) {
    return call.api().equals("DescribeInstances")
        ? queries::describeNone
        : CloudService.super.withoutPermission(call);
  }

  static CloudException notFound() {
    return new CloudException(
        404, "InvalidInstanceId.NotFound", "The specified InstanceId does not exist.");
  }

  static CloudException wrongStatus() {
    return new CloudException(
        403,
        "IncorrectInstanceStatus",
        "The current status of the resource does not support this operation.");
  }
}
