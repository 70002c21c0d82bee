package chatops.engine.policy;

import chatops.engine.execution.Approval.AtExpiry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for executions of one template.
 *
 * @param approvalLife how long an approval stays open; null = for ever
 * @param atExpiry what an approval that nobody decided comes to
 * @param executionLife when an execution is cancelled, counted from its start, its time in a queue included; null = never
 * @param limit how many run at a time; null = any number
 * @param lock which resources an execution holds alone while it changes them; null = none
 * @param asking how approvals are asked for
 */
public record Policy(
    @Nullable Duration approvalLife,
    AtExpiry atExpiry,
    @Nullable Duration executionLife,
    @Nullable Limit limit,
    @Nullable Lock lock,
    Asking asking) {

  public static final Policy NONE = new Policy(null, AtExpiry.REJECT, null, null, null);

  /** With approvals as the templates ask for them. */
  public Policy(
      @Nullable Duration approvalLife,
      AtExpiry atExpiry,
      @Nullable Duration executionLife,
      @Nullable Limit limit,
      @Nullable Lock lock) {
    this(approvalLife, atExpiry, executionLife, limit, lock, Asking.USUAL);
  }

  /**
   * @param needed how many different people must approve; where a template asks for more, so many
   * @param requesterMayApprove whether who asked may decide; null = as the engine's settings say
   * @param reminder how long before an approval expires people are reminded, once; null = never
   */
  public record Asking(
      int needed,
      @Nullable Boolean requesterMayApprove,
      @Nullable Duration reminder) {
    public static final Asking USUAL = new Asking(1, null, null);
  }

  /**
   * @param name the limit's own name: templates with the same share it
   * @param running how many run at a time, at least 1
   * @param queued how many may wait; a further start is refused
   */
  public record Limit(String name, int running, int queued) {}

  /**
   * @param targets whether what ACS::SelectTargets found is locked
   * @param parameters names of parameters whose values are ids of resources, in any letter case
   * @param refuses whether a task fails when a resource is held by another execution, instead of waiting for it
   */
  public record Lock(boolean targets, List<String> parameters, boolean refuses) {
    public Lock {
      parameters = List.copyOf(parameters);
    }
  }
}
