package chatops.cloudsim.ess;

import chatops.cloudsim.cloud.CloudException;

/**
 * A simple scaling rule.
 *
 * @param adjustment {@code QuantityChangeInCapacity}, {@code PercentChangeInCapacity} or {@code TotalCapacity}
 */
record ScalingRule(String id, String groupId, String name, String adjustment, int value) {

  /** How many instances it adds; negative removes. */
  int change(int capacity) {
    return switch (adjustment) {
      case "QuantityChangeInCapacity" -> value;
      case "PercentChangeInCapacity" -> capacity * value / 100;
      case "TotalCapacity" -> value - capacity;
      default ->
        throw CloudException.invalid(
            "AdjustmentType",
            "expected QuantityChangeInCapacity, PercentChangeInCapacity or TotalCapacity.");
    };
  }
}
