package chatops.cloudsim.ess;

import chatops.cloudsim.clock.Timeline;
import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.ecs.Fleet;
import chatops.cloudsim.ecs.InstanceSpec;
import chatops.cloudsim.ecs.Pace;
import chatops.cloudsim.seed.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The account's scaling groups and what happens in them. Tests and demos make groups and hooks here and let them scale; the APIs
 * work on the same ones. Instances that are added wait for the group's hooks before they serve, and those that are removed wait
 * before they go; members that are attached or removed by hand do not. Thread-safe.
 */
public final class AutoScaling {
  /** Tag that Auto Scaling puts on the instances it makes. */
  public static final String GROUP_TAG = "acs:autoscaling:scalingGroupId";

  /** What a test may want to know of a wait without an API call. @param result empty while it is pending */
  public record Sight(
      String token,
      String hookId,
      String activityId,
      List<String> instanceIds,
      String status,
      String result,
      int heartbeats,
      Instant deadline,
      int completions) {}

  private final Map<String, ScalingGroup> groups = new LinkedHashMap<>();
  private final Map<String, ScalingActivity> activities = new LinkedHashMap<>();
  private final Map<String, LifecycleAction> actions = new LinkedHashMap<>();
  private final Map<String, String> executed = new LinkedHashMap<>();
  private final String accountId;
  private final Fleet fleet;
  private final Timeline timeline;
  private final Names names;
  private final Pace pace;
  private final HookNotices notices;

  public AutoScaling(
      String accountId,
      Fleet fleet,
      Timeline timeline,
      Names names,
      Pace pace,
      HookNotices notices) {
    this.accountId = accountId;
    this.fleet = fleet;
    this.timeline = timeline;
    this.names = names;
    this.pace = pace;
    this.notices = notices;
  }

  /** Makes a group. @return its id */
  public synchronized String group(GroupSpec spec) {
    String id = spec.id == null ? "asg-bp1" + names.word(17) : spec.id;
    groups.put(id, new ScalingGroup(id, spec, now()));
    return id;
  }

  /**
   * Makes a hook. @return its id
   *
   * @param notificationArn empty for none
   */
  public synchronized String hook(
      String groupId,
      String name,
      Transition transition,
      Duration timeout,
      Result defaultResult,
      String notificationArn) {
    notices.check(notificationArn);
    String id = "ash-bp1" + names.word(17);
    find(groupId)
        .hooks
        .put(
            id,
            new Hook(id, groupId, name, transition, timeout, defaultResult, notificationArn, ""));
    return id;
  }

  /** The ARN of a topic of this account, for hooks. */
  public String topicArn(String region, String topic) {
    return "acs:mns:" + region + ":" + accountId + ":topic/" + topic;
  }

  /** The ARN of the default event bus, for hooks. */
  public String busArn(String region) {
    return "acs:eventbridge:" + region + ":" + accountId + ":eventbus/default";
  }

  /** Adds instances, as a rule, a schedule or an alarm does. @return the activity's id */
  public synchronized String scaleOut(String groupId, int count, String cause) {
    ScalingGroup group = find(groupId);
    if (count < 1 || group.members.size() + count > group.spec.maximum) {
      throw new CloudException(
          400,
          "ScalingActivityRejected",
          "The group would have more instances than its maximum size.");
    }
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      InstanceSpec spec = group.spec.plan.apply(
          InstanceSpec.named("ESS-asg-" + group.spec.name).region(group.spec.region));
      String instance = fleet.launch(spec.tag(GROUP_TAG, groupId).pending());
      group.members.put(instance, new ScalingGroup.Member(instance, now(), false, "Pending"));
      ids.add(instance);
    }
    ScalingActivity activity = begin(group, Transition.SCALE_OUT, cause, ids);
    timeline.after(pace.create().plus(pace.jitter()), () -> hold(activity));
    return activity.id;
  }

  /** Removes instances, the oldest first. @return the activity's id */
  public synchronized String scaleIn(String groupId, int count, String cause) {
    ScalingGroup group = find(groupId);
    List<String> ids = group.members.values().stream()
        .filter(member -> member.state.equals("InService"))
        .limit(count)
        .map(member -> member.instanceId)
        .toList();
    if (ids.size() < count || group.members.size() - count < group.spec.minimum) {
      throw new CloudException(
          400,
          "ScalingActivityRejected",
          "The group would have fewer instances than its minimum size.");
    }
    group.state(ids, "Removing");
    ScalingActivity activity = begin(group, Transition.SCALE_IN, cause, ids);
    timeline.after(Duration.ZERO, () -> hold(activity));
    return activity.id;
  }

  private ScalingActivity begin(
      ScalingGroup group, Transition transition, String cause, List<String> ids) {
    ScalingActivity activity =
        new ScalingActivity("asa-bp1" + names.word(17), group, transition, cause, now(), ids);
    activities.put(activity.id, activity);
    notices.activity(activity, "Start", arn(group));
    return activity;
  }

  /** The instances are there: each hook gets a token and is told. */
  private synchronized void hold(ScalingActivity activity) {
    ScalingGroup group = activity.group;
    List<Hook> hooks = group.hooks(activity.transition);
    if (hooks.isEmpty()) {
      settle(activity);
      return;
    }
    boolean isOut = activity.transition == Transition.SCALE_OUT;
    group.state(activity.instanceIds, isOut ? "Pending:Wait" : "Removing:Wait");
    for (Hook hook : hooks) {
      LifecycleAction action =
          new LifecycleAction(names.requestId(), hook, activity.id, activity.instanceIds, now());
      actions.put(action.token, action);
      activity.actions.add(action);
      timeline.at(action.deadline, () -> expire(action));
      notices.send(
          hook, HookMessage.of(accountId, action, group, now(), names.requestId()), arn(group));
    }
  }

  private synchronized void expire(LifecycleAction action) {
    if (action.status != LifecycleAction.Status.Pending) {
      return;
    }
    if (now().isBefore(action.deadline)) {
      timeline.at(action.deadline, () -> expire(action));
      return;
    }
    action.status = LifecycleAction.Status.Timeout;
    over(action, action.hook.defaultResult());
  }

  synchronized void complete(String hookId, String token, Optional<Result> wanted) {
    LifecycleAction action = pending(hookId, token);
    action.status = LifecycleAction.Status.Completed;
    action.completions++;
    over(action, wanted.orElse(action.hook.defaultResult()));
  }

  synchronized void heartbeat(String hookId, String token, Duration extension) {
    LifecycleAction action = pending(hookId, token);
    if (action.heartbeats >= LifecycleAction.MOST_HEARTBEATS) {
      throw new CloudException(
          400,
          "LifecycleAction.RecordTimesExceeded",
          "The number of times that the lifecycle action is extended exceeds the limit.");
    }
    Instant until = now().plus(extension);
    if (until.isAfter(action.startedAt.plus(LifecycleAction.LONGEST))) {
      throw new CloudException(
          400,
          "LifecycleAction.TimeExceeded",
          "The lifecycle action would wait longer than 6 hours.");
    }
    action.heartbeats++;
    action.deadline = until.isAfter(action.deadline) ? until : action.deadline;
  }

  private LifecycleAction pending(String hookId, String token) {
    LifecycleAction action = actions.get(token);
    if (action == null
        || !action.hook.id().equals(hookId)
        || action.status != LifecycleAction.Status.Pending) {
      throw new CloudException(
          400,
          "LifecycleHookIdAndLifecycleActionToken.Invalid",
          "The specified lifecycle hook ID and lifecycle action token do not match any lifecycle action in process.");
    }
    return action;
  }

  private void over(LifecycleAction action, Result result) {
    action.result = result;
    ScalingActivity activity = activity(action.activityId);
    if (result.endsOthers()) {
      for (LifecycleAction other : activity.actions) {
        if (other.status == LifecycleAction.Status.Pending) {
          other.status = LifecycleAction.Status.Completed;
          other.result = result;
        }
      }
    }
    boolean isOver = activity.actions.stream()
        .noneMatch(other -> other.status == LifecycleAction.Status.Pending);
    if (isOver && activity.isInProgress()) {
      settle(activity);
    }
  }

  private void settle(ScalingActivity activity) {
    boolean isAbandoned = activity.actions.stream()
        .anyMatch(action -> action.result != null && action.result.endsOthers());
    boolean isRolledBack =
        activity.actions.stream().anyMatch(action -> action.result == Result.ROLLBACK);
    ScalingGroup group = activity.group;
    boolean isOut = activity.transition == Transition.SCALE_OUT;
    boolean isKept = isOut ? !isAbandoned : isRolledBack;
    if (isKept) {
      group.state(activity.instanceIds, "InService");
    } else {
      for (String instance : activity.instanceIds) {
        group.members.remove(instance);
        fleet.release(instance);
      }
    }
    boolean isAsPlanned = isOut == isKept;
    activity.statusCode = isAsPlanned ? "Successful" : "Failed";
    activity.statusMessage = isAsPlanned
        ? ""
        : isOut
            ? "The instances were released: a lifecycle hook abandoned the activity."
            : "The instances were kept: a lifecycle hook rolled the activity back.";
    activity.endedAt = now();
    notices.activity(activity, isAsPlanned ? "Success" : "Error", arn(group));
  }

  /** Adds an instance of the fleet by hand: no hook holds it up. */
  public synchronized void attach(String groupId, List<String> instanceIds) {
    ScalingGroup group = find(groupId);
    for (String instance : instanceIds) {
      group.members.put(instance, new ScalingGroup.Member(instance, now(), true, "InService"));
    }
  }

  /** Takes instances out by hand: no hook holds them up. @param isReleased whether those that the group made are released */
  public synchronized void remove(String groupId, List<String> instanceIds, boolean isReleased) {
    ScalingGroup group = find(groupId);
    for (String instance : instanceIds) {
      ScalingGroup.Member member = group.members.remove(instance);
      if (member == null) {
        throw new CloudException(
            404,
            "InvalidInstanceId.NotFound",
            "The specified instance is not in the scaling group.");
      }
      if (isReleased && !member.isAttached) {
        fleet.release(instance);
      }
    }
  }

  /** Lets a wait time out now, as if its time had passed. */
  public synchronized void expireNow(String token) {
    LifecycleAction action = actions.get(token);
    if (action == null) {
      throw new IllegalArgumentException("no wait with token " + token);
    }
    action.deadline = now();
    expire(action);
  }

  /** Every wait there was, oldest first. */
  public synchronized List<Sight> waits() {
    return actions.values().stream()
        .map(action -> new Sight(
            action.token,
            action.hook.id(),
            action.activityId,
            action.instanceIds,
            action.status.name(),
            action.result == null ? "" : action.result.name(),
            action.heartbeats,
            action.deadline,
            action.completions))
        .toList();
  }

  /** Lifecycle states of a group's members, by instance. */
  public synchronized Map<String, String> members(String groupId) {
    Map<String, String> states = new LinkedHashMap<>();
    find(groupId).members.values().forEach(m -> states.put(m.instanceId, m.state));
    return states;
  }

  /** {@code InProgress}, {@code Successful} or {@code Failed}. */
  public synchronized String activityStatus(String activityId) {
    return activity(activityId).statusCode;
  }

  /** Whether there are any groups: a rehearsal without them plays Auto Scaling by made-up replies. */
  public synchronized boolean isUsed() {
    return !groups.isEmpty();
  }

  // ---- for the APIs

  ScalingGroup find(String groupId) {
    ScalingGroup group = groups.get(groupId);
    if (group == null) {
      throw new CloudException(
          400, "InvalidScalingGroupId.NotFound", "The specified scaling group does not exist.");
    }
    return group;
  }

  List<ScalingGroup> groups(String region) {
    return groups.values().stream()
        .filter(group -> region.isEmpty() || group.spec.region.equals(region))
        .toList();
  }

  ScalingActivity activity(String activityId) {
    ScalingActivity activity = activities.get(activityId);
    if (activity == null) {
      throw new CloudException(
          400,
          "InvalidScalingActivityId.NotFound",
          "The specified scaling activity does not exist.");
    }
    return activity;
  }

  /** Newest first. */
  List<ScalingActivity> activities() {
    List<ScalingActivity> newest = new ArrayList<>(activities.values());
    java.util.Collections.reverse(newest);
    return newest;
  }

  /** The activity that an earlier call with this token made; makes one otherwise. */
  synchronized String once(String clientToken, java.util.function.Supplier<String> made) {
    if (clientToken.isEmpty()) {
      return made.get();
    }
    String known = executed.get(clientToken);
    if (known == null) {
      known = made.get();
      executed.put(clientToken, known);
    }
    return known;
  }

  void put(Hook hook) {
    notices.check(hook.notificationArn());
    find(hook.groupId()).hooks.put(hook.id(), hook);
  }

  Optional<Hook> hook(String hookId) {
    return groups.values().stream()
        .flatMap(group -> group.hooks.values().stream())
        .filter(hook -> hook.id().equals(hookId))
        .findFirst();
  }

  Names names() {
    return names;
  }

  Instant now() {
    return timeline.clock().instant();
  }

  private String arn(ScalingGroup group) {
    return "acs:ess:" + group.spec.region + ":" + accountId + ":scalinggroup/" + group.id;
  }
}
