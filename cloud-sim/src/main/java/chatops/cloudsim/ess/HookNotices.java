package chatops.cloudsim.ess;

import chatops.cloudsim.cloud.CloudException;
import chatops.cloudsim.eventbridge.EventBus;
import chatops.cloudsim.mns.MessageService;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Carries hook messages to where a hook's notification ARN points, of either generation of ARNs. Thread-safe. */
public final class HookNotices {
  private final String accountId;
  private final MessageService messages;
  private final EventBus bus;

  public HookNotices(String accountId, MessageService messages, EventBus bus) {
    this.accountId = accountId;
    this.messages = messages;
    this.bus = bus;
  }

  /** @throws CloudException when the ARN names nothing that is there */
  void check(String arn) {
    if (arn.isEmpty()) {
      return;
    }
    String[] parts = arn.split(":", 6);
    boolean isArn = parts.length >= 5 && parts[0].equals("acs");
    if (!isArn || !parts[3].equals(accountId)) {
      throw new CloudException(
          400,
          "InvalidNotificationArn",
          "The specified parameter \"NotificationArn\" is not valid.");
    }
    Optional<String> topic = MessageService.named(arn, "topic");
    Optional<String> queue = MessageService.named(arn, "queue");
    if (topic.isPresent() && !messages.hasTopic(topic.get())) {
      throw new CloudException(400, "TopicNotExist", "The specified topic does not exist.");
    }
    if (queue.isPresent() && !messages.hasQueue(queue.get())) {
      throw new CloudException(400, "QueueNotExist", "The specified queue does not exist.");
    }
    boolean isOther =
        arn.contains(":template/") || arn.contains(":oos/") || arn.endsWith(":eventbus/default");
    if (topic.isEmpty() && queue.isEmpty() && !isOther) {
      throw new CloudException(
          400,
          "InvalidNotificationArn",
          "The specified parameter \"NotificationArn\" is not valid.");
    }
  }

  void send(Hook hook, ObjectNode message, String groupArn) {
    String arn = hook.notificationArn();
    MessageService.named(arn, "topic").ifPresent(topic -> messages.publish(topic, text(message)));
    MessageService.named(arn, "queue").ifPresent(queue -> messages.send(queue, text(message)));
    if (arn.endsWith(":eventbus/default")) {
      String type = "ess:LifecycleHook:" + hook.transition().eventName();
      bus.put("acs.ess", type, groupArn, (ObjectNode) message.path("content").deepCopy());
    }
  }

  /** The event of an activity that began or ended, which every bus sees. */
  void activity(ScalingActivity activity, String what, String groupArn) {
    ObjectNode data = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    data.put("scalingGroupId", activity.group.id)
        .put("scalingActivityId", activity.id)
        .put("regionId", activity.group.spec.region);
    var ids = data.putArray("instanceIds");
    activity.instanceIds.forEach(ids::add);
    bus.put(
        "acs.ess", "ess:ScalingActivity:" + activity.transition.eventName() + what, groupArn, data);
  }

  private static String text(ObjectNode message) {
    return message.toString();
  }
}
