package chatops.execution.scaling;

import chatops.chat.rights.Scaling;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an execution that answers a hook remembers of it, as the engine carries it among the facts of its origin. The
 * activity's id is also what a refused completion is looked up with (effects.json).
 *
 * @param day of the wait, {@code 20260301}: cards are found and tidied up by it
 * @param instances how many
 * @param quorum percent that must succeed
 * @param completesItself whether the template completes the hook, not we
 */
record HookFacts(
    String activityId,
    String day,
    String groupId,
    String group,
    String hook,
    String transition,
    int instances,
    String template,
    int quorum,
    String failure,
    boolean completesItself,
    String defaultResult) {
  /** The key the effect catalogue reads, too. */
  private static final String ACTIVITY = "scalingActivityId";

  static HookFacts of(
      LifecycleMessage message, Scaling.Hook entry, String day, boolean completesItself) {
    return new HookFacts(
        message.activityId(),
        day,
        message.groupId(),
        message.group(),
        message.hook(),
        message.transition(),
        message.instanceIds().size(),
        entry.template(),
        entry.quorum(),
        entry.failure(),
        completesItself,
        message.defaultResult());
  }

  /** Empty for executions that answer no hook. */
  static Optional<HookFacts> of(Map<String, String> origin) {
    if (!origin.containsKey(ACTIVITY) || !origin.containsKey("scalingDay")) {
      return Optional.empty();
    }
    return Optional.of(new HookFacts(
        origin.getOrDefault(ACTIVITY, ""),
        origin.getOrDefault("scalingDay", ""),
        origin.getOrDefault("scalingGroupId", ""),
        origin.getOrDefault("scalingGroup", ""),
        origin.getOrDefault("hook", ""),
        origin.getOrDefault("transition", ""),
        Integer.parseInt(origin.getOrDefault("instances", "0")),
        origin.getOrDefault("template", ""),
        Integer.parseInt(origin.getOrDefault("quorum", "100")),
        origin.getOrDefault("failure", ""),
        Boolean.parseBoolean(origin.getOrDefault("completesItself", "false")),
        origin.getOrDefault("defaultResult", "")));
  }

  Map<String, String> addTo(Map<String, String> origin) {
    Map<String, String> map = new HashMap<>(origin);
    map.put(ACTIVITY, activityId);
    map.put("scalingDay", day);
    map.put("scalingGroupId", groupId);
    map.put("scalingGroup", group);
    map.put("hook", hook);
    map.put("transition", transition);
    map.put("instances", String.valueOf(instances));
    map.put("template", template);
    map.put("quorum", String.valueOf(quorum));
    map.put("failure", failure);
    map.put("completesItself", String.valueOf(completesItself));
    map.put("defaultResult", defaultResult);
    return map;
  }

  /** How many instances may fail. */
  int mayFail() {
    return instances - needed();
  }

  int needed() {
    return (instances * quorum + 99) / 100;
  }
}
