package chatops.execution.scaling;

import chatops.chat.Platform;
import chatops.chat.handover.EventKey;
import chatops.engine.id.ExecutionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a lifecycle hook says when its wait begins (Auto Scaling, "Lifecycle hook notifications"). One token stands for all instances of the
 * scaling activity.
 *
 * @param owner account id that the carrier vouches for: the topic's owner, the event's account; empty when it names none
 * @param userId account id that the message itself names; empty when it names none
 * @param regionId empty when it is not said
 * @param hookName empty when it is not said
 * @param groupName empty when it is not said
 * @param transition {@code SCALE_OUT} or {@code SCALE_IN}
 * @param defaultResult what follows when nobody completes the hook in time; empty when it is not said
 * @param at when the wait began; null when it is not said
 */
public record LifecycleMessage(
    String owner,
    String userId,
    String regionId,
    String hookId,
    String hookName,
    String token,
    String transition,
    String groupId,
    String groupName,
    String activityId,
    List<String> instanceIds,
    String defaultResult,
    @Nullable Instant at) {
  public LifecycleMessage {
    instanceIds = List.copyOf(instanceIds);
  }

  /** The same for every delivery by whatever way: what makes it run once. */
  public ExecutionId executionId() {
    return new ExecutionId(new EventKey(Platform.CLI, "ess", token).executionId());
  }

  /** For people: the name where there is one. */
  String hook() {
    return hookName.isEmpty() ? hookId : hookName;
  }

  String group() {
    return groupName.isEmpty() ? groupId : groupName;
  }
}
