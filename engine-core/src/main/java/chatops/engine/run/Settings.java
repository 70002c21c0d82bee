package chatops.engine.run;

import chatops.engine.effect.Risk;
import chatops.engine.execution.SafetyCheck;
import chatops.engine.policy.Policies;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a host decides about its engine. Immutable. */
public final class Settings {
  private static final int MOST_SWEEPERS = 32;

  /** What a handled error makes of a frame. */
  public enum HandledError {
    FAILED,
    SUCCESS,
    SUCCESS_FOR_PRODUCT_ACTIONS
  }

  private final Values values;

  private Settings(Values values) {
    this.values = values;
    if (values.lease.compareTo(values.callTimeout.plus(values.skew)) <= 0) {
      throw new IllegalArgumentException("lease " + values.lease
          + ": expected more than call timeout and skew, " + values.callTimeout.plus(values.skew));
    }
    if (values.sweepers < 1 || values.sweepers > MOST_SWEEPERS) {
      throw new IllegalArgumentException(
          "sweepers " + values.sweepers + ": expected 1 to " + MOST_SWEEPERS);
    }
  }

  public static Settings defaults() {
    return new Settings(new Values());
  }

  /** Waits up to this long stay in the worker; zero parks at once. */
  public Duration inProcessWait() {
    return values.inProcessWait;
  }

  /** How long a worker holds an execution without renewing; longer than {@link #callTimeout}. */
  public Duration lease() {
    return values.lease;
  }

  /** How long one OpenAPI call may take. */
  public Duration callTimeout() {
    return values.callTimeout;
  }

  /** How far clocks of machines may differ. */
  public Duration skew() {
    return values.skew;
  }

  /** A waiting execution is looked at again at least this often. */
  public Duration longestSleep() {
    return values.longestSleep;
  }

  /** A ClientToken is assumed to be remembered by the cloud this long after its first use. */
  public Duration tokenLife() {
    return values.tokenLife;
  }

  /** A desired-state call older than this is not repeated before its resource was read. */
  public Duration staleAfter() {
    return values.staleAfter;
  }

  /** A call that the cloud refuses for so long because there are too many fails its task. */
  public Duration patience() {
    return values.patience;
  }

  /** Status of an execution whose failed task was handled by its OnError path (specification 4.2). */
  public HandledError handledError() {
    return values.handledError;
  }

  /** SafetyCheck of starts that do not say; in modes other than Automatic high risk is always confirmed. */
  public String safetyCheck() {
    return values.safetyCheck;
  }

  /** API names that begin with one of these are of high risk, unless a task says otherwise. */
  public List<String> riskyVerbs() {
    return values.riskyVerbs;
  }

  /** Whether the starter counts as an approver. */
  public boolean requesterMayApprove() {
    return values.requesterMayApprove;
  }

  /** {@code ACS::AccountId}. */
  public String accountId() {
    return values.accountId;
  }

  /** {@code ACS::OOSUtilVersion}. */
  public String utilVersion() {
    return values.utilVersion;
  }

  /** How many due executions one sweep takes on at a time; 1 stays in the caller's thread, more need an
   * executor with room for them and for the calls they wait for. */
  public int sweepers() {
    return values.sweepers;
  }

  public Limits limits() {
    return values.limits;
  }

  public Settings withLimits(Limits limits) {
    return with(v -> v.limits = limits);
  }

  /** What the host's configuration says about executions of a template. */
  public Policies policies() {
    return values.policies;
  }

  /** How long executions are kept after their end; null for ever. */
  public @Nullable Duration retention() {
    return values.retention;
  }

  /** How long the audit trail of an execution that was deleted is kept after its last record; null for ever. */
  public @Nullable Duration auditRetention() {
    return values.auditRetention;
  }

  public Settings withPolicies(Policies policies) {
    return with(v -> v.policies = policies);
  }

  public Settings withRetention(@Nullable Duration time) {
    return with(v -> v.retention = time);
  }

  public Settings withAuditRetention(@Nullable Duration time) {
    return with(v -> v.auditRetention = time);
  }

  public Settings withInProcessWait(Duration wait) {
    return with(v -> v.inProcessWait = wait);
  }

  public Settings withTokenLife(Duration life) {
    return with(v -> v.tokenLife = life);
  }

  public Settings withHandledError(HandledError how) {
    return with(v -> v.handledError = how);
  }

  public Settings withRequesterMayApprove(boolean may) {
    return with(v -> v.requesterMayApprove = may);
  }

  public Settings withSafetyCheck(String check) {
    return with(v -> v.safetyCheck = check);
  }

  public Settings withRiskyVerbs(List<String> verbs) {
    return with(v -> v.riskyVerbs = List.copyOf(verbs));
  }

  public Settings withAccount(String id) {
    return with(v -> v.accountId = id);
  }

  public Settings withSweepers(int count) {
    return with(v -> v.sweepers = count);
  }

  private Settings with(Consumer<Values> change) {
    Values changed = values.copy();
    change.accept(changed);
    return new Settings(changed);
  }

  /** One line for each setting, with its default. Not changed once a {@link Settings} holds it. */
  private static final class Values implements Cloneable {
    private Duration inProcessWait = Duration.ofSeconds(20);
    private Duration lease = Duration.ofSeconds(60);
    private Duration callTimeout = Duration.ofSeconds(15);
    private Duration skew = Duration.ofSeconds(5);
    private Duration longestSleep = Duration.ofHours(24);
    private Duration tokenLife = Duration.ofHours(24);
    private Duration staleAfter = Duration.ofMinutes(10);
    private Duration patience = Duration.ofHours(24);
    private HandledError handledError = HandledError.SUCCESS_FOR_PRODUCT_ACTIONS;
    private boolean requesterMayApprove = false;
    private String safetyCheck = SafetyCheck.CONFIRM;
    private List<String> riskyVerbs = Risk.VERBS;
    private String accountId = "";
    private String utilVersion = "";
    private int sweepers = 1;
    private Limits limits = Limits.defaults();
    private Policies policies = Policies.NONE;
    private @Nullable Duration retention = null;
    private @Nullable Duration auditRetention = null;

    private Values copy() {
      try {
        return (Values) clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
