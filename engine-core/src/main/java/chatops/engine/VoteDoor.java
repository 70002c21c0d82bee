package chatops.engine;

import chatops.engine.execution.Approval;
import chatops.engine.execution.Event;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Lease;
import chatops.engine.execution.Vote;
import chatops.engine.id.ExecutionId;
import chatops.engine.run.Executions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where people's votes reach an approval: one conditional write that also makes the execution due. */
final class VoteDoor {
  private final Executions executions;
  private final NotAskedYet notAskedYet;
  private final String owner;
  private final Duration lease;

  /** @param owner who takes the lease for going on when a vote decides */
  VoteDoor(Executions executions, NotAskedYet notAskedYet, String owner, Duration lease) {
    this.executions = executions;
    this.notAskedYet = notAskedYet;
    this.owner = owner;
    this.lease = lease;
  }

  /** A vote with the time at which it was tried, and what became of the row; null where there is none. */
  private record Cast(Vote vote, Executions.@Nullable Change change) {
    boolean isTooEarly(String approvalId) {
      return change != null
          && !change.before().approvals().containsKey(approvalId)
          && change.before().lease() != null;
    }
  }

  /** @param goesOn whether this process does so when the vote decides, and not another one that it wakes */
  VoteResult vote(
      ExecutionId id, String approvalId, Function<Instant, Vote> voteAt, boolean goesOn) {
    Cast cast = notAskedYet.await(
        now -> cast(id, approvalId, voteAt.apply(now), goesOn),
        tried -> tried.isTooEarly(approvalId));
    return voted(cast, approvalId);
  }

  private Cast cast(ExecutionId id, String approvalId, Vote vote, boolean goesOn) {
    Optional<Executions.Change> change =
        executions.revise(id, e -> cast(e, approvalId, vote, goesOn));
    return new Cast(vote, change.orElse(null));
  }

  /**
   * The vote and, when it decides, nobody holds the execution and this process goes on, the lease for that: one write instead of two. A
   * process that ends here leaves a row that is due at once and free when the lease ends.
   */
  private Execution cast(Execution before, String approvalId, Vote vote, boolean goesOn) {
    Event.Voted voted = new Event.Voted(approvalId, vote);
    Execution after = before.apply(voted);
    Approval approval = after.approvals().get(approvalId);
    Lease held = before.lease();
    boolean mayTake = goesOn && (held == null || !held.isLive(vote.at()));
    if (after == before || approval == null || approval.isOpen() || !mayTake) {
      return after;
    }
    Lease taken = new Lease(owner, vote.at().plus(lease));
    return before.apply(new Event.Leased(taken, UUID.randomUUID().toString())).apply(voted);
  }

  private static VoteResult voted(Cast cast, String approvalId) {
    Executions.Change change = cast.change();
    Approval before = change == null ? null : change.before().approvals().get(approvalId);
    Approval after = change == null ? null : change.after().approvals().get(approvalId);
    if (change == null || before == null || after == null) {
      return new VoteResult(VoteResult.State.UNKNOWN, null);
    }
    if (!change.isNone()) {
      return new VoteResult(
          after.isOpen() ? VoteResult.State.RECORDED : VoteResult.State.DECIDED, after);
    }
    return new VoteResult(
        switch (change.before().judge(before, cast.vote())) {
          case REPEATED -> VoteResult.State.REPEATED;
          case NOT_AN_APPROVER -> VoteResult.State.NOT_AN_APPROVER;
          case REQUESTER_EXCLUDED -> VoteResult.State.REQUESTER_EXCLUDED;
          case CLOSED, COUNTS -> VoteResult.State.ALREADY_CLOSED;
        },
        before);
  }
}
