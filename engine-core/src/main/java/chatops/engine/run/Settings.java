package chatops.engine.run;

import java.time.Duration;

/**
 * What a host decides about its engine.
 *
 * @param inProcessWait waits up to this long stay in the worker; zero parks at once
 * @param lease how long a worker holds an execution without renewing; longer than {@code callTimeout}
 * @param callTimeout how long one OpenAPI call may take
 * @param skew how far clocks of machines may differ
 * @param longestSleep a waiting execution is looked at again at least this often
 * @param handledError status of an execution whose failed task was handled by its OnError path (specification 4.2)
 * @param requesterMayApprove whether the starter counts as an approver
 * @param accountId {@code ACS::AccountId}
 * @param utilVersion {@code ACS::OOSUtilVersion}
 * @param sweepers how many due executions one sweep takes on at a time; 1 stays in the caller's thread,
 *     more need an executor with room for them and for the calls they wait for
 */
public record Settings(
    Duration inProcessWait,
    Duration lease,
    Duration callTimeout,
    Duration skew,
    Duration longestSleep,
    HandledError handledError,
    boolean requesterMayApprove,
    String accountId,
    String utilVersion,
    int sweepers) {

  private static final int MOST_SWEEPERS = 32;

  /** What a handled error makes of a frame. */
  public enum HandledError {
    FAILED,
    SUCCESS,
    SUCCESS_FOR_PRODUCT_ACTIONS
  }

  public Settings {
    if (lease.compareTo(callTimeout.plus(skew)) <= 0) {
      throw new IllegalArgumentException("lease " + lease
          + ": expected more than call timeout and skew, " + callTimeout.plus(skew));
    }
    if (sweepers < 1 || sweepers > MOST_SWEEPERS) {
      throw new IllegalArgumentException(
          "sweepers " + sweepers + ": expected 1 to " + MOST_SWEEPERS);
    }
  }

  public static Settings defaults() {
    return new Settings(
        Duration.ofSeconds(20),
        Duration.ofSeconds(60),
        Duration.ofSeconds(15),
        Duration.ofSeconds(5),
        Duration.ofHours(24),
        HandledError.SUCCESS_FOR_PRODUCT_ACTIONS,
        false,
        "",
        "",
        1);
  }

  public Settings withInProcessWait(Duration wait) {
    return new Settings(
        wait,
        lease,
        callTimeout,
        skew,
        longestSleep,
        handledError,
        requesterMayApprove,
        accountId,
        utilVersion,
        sweepers);
  }

  public Settings withAccount(String id) {
    return new Settings(
        inProcessWait,
        lease,
        callTimeout,
        skew,
        longestSleep,
        handledError,
        requesterMayApprove,
        id,
        utilVersion,
        sweepers);
  }

  public Settings withRequesterMayApprove(boolean may) {
    return new Settings(
        inProcessWait,
        lease,
        callTimeout,
        skew,
        longestSleep,
        handledError,
        may,
        accountId,
        utilVersion,
        sweepers);
  }

  public Settings withHandledError(HandledError how) {
    return new Settings(
        inProcessWait,
        lease,
        callTimeout,
        skew,
        longestSleep,
        how,
        requesterMayApprove,
        accountId,
        utilVersion,
        sweepers);
  }

  public Settings withSweepers(int count) {
    return new Settings(
        inProcessWait,
        lease,
        callTimeout,
        skew,
        longestSleep,
        handledError,
        requesterMayApprove,
        accountId,
        utilVersion,
        count);
  }
}
