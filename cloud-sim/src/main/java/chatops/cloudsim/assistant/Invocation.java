package chatops.cloudsim.assistant;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One RunCommand or InvokeCommand: what runs, where and when. Known by its id. Guarded by its {@link CloudAssistant}. */
record Invocation(
    String id,
    String commandId,
    CommandDefinition command,
    Map<String, String> parameters,
    String username,
    Schedule schedule,
    boolean killsTree,
    String region,
    String accountId,
    Instant createdAt,
    List<Delivery> deliveries) {

  Invocation {
    deliveries = List.copyOf(deliveries);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Invocation that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** {@code InvocationStatus} of the whole. */
  String status() {
    if (any(RunStatus.STOPPING)) {
      return "Stopping";
    }
    if (all(RunStatus.PENDING)) {
      return "Pending";
    }
    if (any(RunStatus.PENDING) || any(RunStatus.RUNNING)) {
      return "Running";
    }
    if (any(RunStatus.SCHEDULED)) {
      return "Scheduled";
    }
    if (all(RunStatus.SUCCESS)) {
      return "Success";
    }
    if (deliveries.stream().allMatch(it -> it.status().isStopped())) {
      return "Stopped";
    }
    return any(RunStatus.SUCCESS) ? "PartialFailed" : "Failed";
  }

  /** {@code InvokeStatus}, the older spelling, for which a script has finished whatever its exit code. */
  String legacyStatus() {
    if (any(RunStatus.STOPPING)) {
      return "Stopping";
    }
    if (deliveries.stream().anyMatch(it -> !it.status().isFinal())) {
      return "Running";
    }
    if (deliveries.stream().allMatch(it -> it.status().isStopped())) {
      return "Stopped";
    }
    long failed =
        deliveries.stream().filter(it -> it.status().legacy().equals("Failed")).count();
    return failed == 0 ? "Finished" : failed == deliveries.size() ? "Failed" : "PartialFailed";
  }

  private boolean any(RunStatus status) {
    return deliveries.stream().anyMatch(it -> it.status() == status);
  }

  private boolean all(RunStatus status) {
    return deliveries.stream().allMatch(it -> it.status() == status);
  }
}
