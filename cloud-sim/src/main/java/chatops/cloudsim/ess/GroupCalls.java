package chatops.cloudsim.ess;

import chatops.cloudsim.cloud.CloudCall;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.cloud.CloudService;
import chatops.cloudsim.cloud.Parameters;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Groups, their instances and activities. */
final class GroupCalls {
  private final AutoScaling scaling;

  GroupCalls(AutoScaling scaling) {
    this.scaling = scaling;
  }

  Map<String, CloudService.Api> apis() {
    return Map.ofEntries(
        Map.entry("CreateScalingGroup", this::create),
        Map.entry("DescribeScalingGroups", this::describe),
        Map.entry("DescribeScalingInstances", this::instances),
        Map.entry("DescribeScalingActivities", this::activities),
        Map.entry("AttachInstances", this::attach),
        Map.entry("RemoveInstances", call -> remove(call, true)),
        Map.entry("DetachInstances", call -> remove(call, false)),
        Map.entry("EnterStandby", call -> state(call, "InService", "Standby")),
        Map.entry("ExitStandby", call -> state(call, "Standby", "InService")),
        Map.entry("SetInstancesProtection", this::protect),
        Map.entry("SuspendProcesses", call -> processes(call, true)),
        Map.entry("ResumeProcesses", call -> processes(call, false)));
  }

  private ObjectNode create(CloudCall call) {
    Parameters parameters = call.parameters();
    int least = parameters.number("MinSize", 0, 0, 2000);
    int most = parameters.number("MaxSize", 1, 0, 2000);
    GroupSpec spec = GroupSpec.named(parameters.text("ScalingGroupName").orElse("group"))
        .region(parameters.required("RegionId"))
        .sizes(least, most);
    return JsonNodeFactory.instance.objectNode().put("ScalingGroupId", scaling.group(spec));
  }

  private ObjectNode describe(CloudCall call) {
    Parameters parameters = call.parameters();
    List<String> ids = parameters.list("ScalingGroupId");
    List<String> names = parameters.list("ScalingGroupName");
    Optional<String> pattern = parameters.text("ScalingGroupName");
    synchronized (scaling) {
      List<ScalingGroup> found = scaling.groups(parameters.required("RegionId")).stream()
          .filter(group -> Paged.names(ids, group.id) && Paged.names(names, group.spec.name))
          .filter(group ->
              pattern.isEmpty() || group.spec.name.contains(pattern.get().replace("*", "")))
          .toList();
      return Paged.of(parameters, "ScalingGroups", "ScalingGroup", found, GroupCalls::shown);
    }
  }

  private static ObjectNode shown(ScalingGroup group) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("ScalingGroupId", group.id)
        .put("ScalingGroupName", group.spec.name)
        .put("RegionId", group.spec.region)
        .put("LifecycleState", "Active")
        .put("MinSize", group.spec.minimum)
        .put("MaxSize", group.spec.maximum)
        .put("TotalCapacity", group.members.size())
        .put("ActiveCapacity", group.count("InService"))
        .put("PendingCapacity", group.count("Pending"))
        .put("PendingWaitCapacity", group.count("Pending:Wait"))
        .put("RemovingCapacity", group.count("Removing"))
        .put("RemovingWaitCapacity", group.count("Removing:Wait"))
        .put("StandbyCapacity", group.count("Standby"))
        .put("ProtectedCapacity", group.count("Protected"))
        .put("CreationTime", Paged.time(group.created));
    var suspended = node.putObject("SuspendedProcesses").putArray("SuspendedProcess");
    group.suspended.forEach(suspended::add);
    return node;
  }

  private ObjectNode instances(CloudCall call) {
    Parameters parameters = call.parameters();
    List<String> ids = parameters.list("InstanceId");
    Optional<String> groupId = parameters.text("ScalingGroupId");
    Optional<String> state = parameters.text("LifecycleState");
    List<String> states = parameters.list("LifecycleStates");
    record Row(ScalingGroup group, ScalingGroup.Member member) {}
    synchronized (scaling) {
      groupId.ifPresent(scaling::find);
      List<Row> found = scaling.groups("").stream()
          .filter(group -> groupId.isEmpty() || group.id.equals(groupId.get()))
          .flatMap(group -> group.members.values().stream().map(m -> new Row(group, m)))
          .filter(row -> Paged.names(ids, row.member().instanceId))
          .filter(row -> state.isEmpty() || state.get().equals(row.member().state))
          .filter(row -> Paged.names(states, row.member().state))
          .toList();
      return Paged.of(
          parameters,
          "ScalingInstances",
          "ScalingInstance",
          found,
          row -> JsonNodeFactory.instance
              .objectNode()
              .put("InstanceId", row.member().instanceId)
              .put("ScalingGroupId", row.group().id)
              .put("LifecycleState", row.member().state)
              .put("HealthStatus", "Healthy")
              .put("CreationType", row.member().isAttached ? "Attached" : "AutoCreated")
              .put("CreationTime", Paged.time(row.member().since)));
    }
  }

  private ObjectNode activities(CloudCall call) {
    Parameters parameters = call.parameters();
    List<String> ids = parameters.list("ScalingActivityId");
    Optional<String> groupId = parameters.text("ScalingGroupId");
    Optional<String> status = parameters.text("StatusCode");
    synchronized (scaling) {
      List<ScalingActivity> found = scaling.activities().stream()
          .filter(activity -> Paged.names(ids, activity.id))
          .filter(activity -> groupId.isEmpty() || activity.group.id.equals(groupId.get()))
          .filter(activity -> status.isEmpty() || activity.statusCode.equals(status.get()))
          .toList();
      return Paged.of(parameters, "ScalingActivities", "ScalingActivity", found, GroupCalls::shown);
    }
  }

  private static ObjectNode shown(ScalingActivity activity) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("ScalingActivityId", activity.id)
        .put("ScalingGroupId", activity.group.id)
        .put("Description", activity.description())
        .put("Cause", activity.cause)
        .put("StartTime", Paged.time(activity.startedAt))
        .put("StatusCode", activity.statusCode)
        .put("StatusMessage", activity.statusMessage)
        .put("Progress", activity.isInProgress() ? 50 : 100)
        .put("ScalingInstanceNumber", activity.instanceIds.size())
        .put("TotalCapacity", String.valueOf(activity.group.members.size()));
    if (activity.endedAt != null) {
      node.put("EndTime", Paged.time(activity.endedAt));
    }
    return node;
  }

  private ObjectNode attach(CloudCall call) {
    scaling.attach(
        call.parameters().required("ScalingGroupId"), call.parameters().list("InstanceId"));
    return JsonNodeFactory.instance.objectNode();
  }

  private ObjectNode remove(CloudCall call, boolean isReleased) {
    scaling.remove(
        call.parameters().required("ScalingGroupId"),
        call.parameters().list("InstanceId"),
        isReleased);
    return JsonNodeFactory.instance.objectNode();
  }

  private ObjectNode state(CloudCall call, String from, String to) {
    synchronized (scaling) {
      ScalingGroup group = scaling.find(call.parameters().required("ScalingGroupId"));
      for (String id : call.parameters().list("InstanceId")) {
        ScalingGroup.Member member = member(group, id);
        if (!member.state.equals(from)) {
          throw new CloudException(
              400, "IncorrectLifecycleState", "The instance is " + member.state + ", not " + from);
        }
        member.state = to;
      }
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private ObjectNode protect(CloudCall call) {
    boolean isProtected = call.parameters().flag("ProtectedFromScaleIn");
    synchronized (scaling) {
      ScalingGroup group = scaling.find(call.parameters().required("ScalingGroupId"));
      for (String id : call.parameters().list("InstanceId")) {
        member(group, id).state = isProtected ? "Protected" : "InService";
      }
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private static ScalingGroup.Member member(ScalingGroup group, String id) {
    ScalingGroup.Member member = group.members.get(id);
    if (member == null) {
      throw new CloudException(
          404, "InvalidInstanceId.NotFound", "The specified instance is not in the scaling group.");
    }
    return member;
  }

  private ObjectNode processes(CloudCall call, boolean isSuspended) {
    synchronized (scaling) {
      ScalingGroup group = scaling.find(call.parameters().required("ScalingGroupId"));
      List<String> processes = call.parameters().list("Process");
      if (isSuspended) {
        group.suspended.addAll(processes);
      } else {
        group.suspended.removeAll(processes);
      }
    }
    return JsonNodeFactory.instance.objectNode();
  }
}
