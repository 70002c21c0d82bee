package chatops.cloudsim.ess;

import java.time.Duration;

/**
 * A lifecycle hook of a group.
 *
 * @param notificationArn where its messages go; empty when nowhere
 */
public record Hook(
    String id,
    String groupId,
    String name,
    Transition transition,
    Duration timeout,
    Result defaultResult,
    String notificationArn,
    String metadata) {}
