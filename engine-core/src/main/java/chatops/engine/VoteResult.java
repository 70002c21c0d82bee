package chatops.engine;

import chatops.engine.execution.Approval;
import org.jspecify.annotations.Nullable;

/**
 * What a decision on an approval led to. {@code approval} is the state after it; null when there is no such approval.
 */
public record VoteResult(State state, @Nullable Approval approval) {
  /** What happened. */
  public enum State {
    /** Counted; more approvals are needed. */
    RECORDED,
    /** Counted, and it decided. */
    DECIDED,
    /** This very decision was recorded before. */
    REPEATED,
    /** Decided, expired or withdrawn before; {@code approval.decidedBy()} says by whom. */
    ALREADY_CLOSED,
    NOT_AN_APPROVER,
    /** The person who started the execution may not decide on it. */
    REQUESTER_EXCLUDED,
    /** No such approval, or not asked yet. */
    UNKNOWN
  }
}
