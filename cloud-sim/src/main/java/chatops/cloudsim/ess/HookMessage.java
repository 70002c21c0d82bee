package chatops.cloudsim.ess;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The message a hook sends when its wait begins. */
final class HookMessage {
  private HookMessage() {}

  static ObjectNode of(
      String accountId, LifecycleAction action, ScalingGroup group, Instant now, String requestId) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message
        .put("userId", accountId)
        .put("time", now.truncatedTo(ChronoUnit.MILLIS).toString())
        .put("product", "ESS")
        .put("regionId", group.spec.region)
        .put(
            "resourceArn",
            "acs:ess:" + group.spec.region + ":" + accountId + ":lifecyclehook/" + action.hook.id())
        .set("content", content(action, group, requestId));
    return message;
  }

  static ObjectNode content(LifecycleAction action, ScalingGroup group, String requestId) {
    Hook hook = action.hook;
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    content
        .put("lifecycleHookId", hook.id())
        .put("lifecycleHookName", hook.name())
        .put("lifecycleActionToken", action.token)
        .put("lifecycleTransition", hook.transition().name())
        .put("scalingGroupId", group.id)
        .put("scalingGroupName", group.spec.name)
        .put("scalingActivityId", action.activityId)
        .put("defaultResult", hook.defaultResult().name())
        .put("requestId", requestId);
    if (!hook.metadata().isEmpty()) {
      content.put("notificationMetadata", hook.metadata());
    }
    ArrayNode ids = content.putArray("instanceIds");
    action.instanceIds.forEach(ids::add);
    return content;
  }
}
