package chatops.engine.execution;

/** Why an execution is Waiting. Values are ours: the vendor does not publish its own (specification 13.1). */
public final class WaitingStatus {
  public static final String NONE = "";
  public static final String APPROVAL = "WaitingForApproval";
  public static final String PAUSE = "WaitingForPause";
  public static final String BATCH = "WaitingForBatch";
  public static final String TRIGGER = "WaitingForTrigger";
  public static final String RISK = "WaitingForRiskConfirmation";
  public static final String DEBUG = "WaitingForDebug";
  public static final String FAILURE = "WaitingForFailureDecision";
  public static final String OUTCOME = "WaitingForOutcomeDecision";

  /** Another execution holds a resource that this one wants to change. */
  public static final String LOCK = "WaitingForLock";

  private WaitingStatus() {}
}
