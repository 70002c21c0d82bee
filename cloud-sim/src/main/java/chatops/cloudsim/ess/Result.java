package chatops.cloudsim.ess;

import chatops.cloudsim.cloud.CloudException;

/** What follows the wait of a lifecycle hook (Auto Scaling, "CompleteLifecycleAction"). */
public enum Result {
  /** Out: add the instances. In: remove them. */
  CONTINUE,
  /** Out: release the instances. In: remove them. Ends the other hooks' waits too. */
  ABANDON,
  /** Out: as ABANDON. In: put the instances back. Ends the other hooks' waits too. */
  ROLLBACK;

  boolean endsOthers() {
    return this != CONTINUE;
  }

  static Result of(String name, String text) {
    for (Result result : values()) {
      if (result.name().equals(text)) {
        return result;
      }
    }
    throw CloudException.invalid(name, "expected CONTINUE, ABANDON or ROLLBACK.");
  }
}
