package chatops.engine.execution;

import chatops.engine.id.TaskPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question to people, with the votes so far. Bound by {@code digest} to the template, the parameters and the targets
 * that were known when it was asked. A pure value: {@link #judge} says what a vote would mean, {@link #with} records it.
 *
 * @param kind one of the {@link WaitingStatus} texts
 * @param approvers names that may decide; empty means whoever the host lets through
 * @param excluded the requester, when he may not decide on his own request
 * @param outcome how it was decided
 */
public record Approval(
    String id,
    TaskPath path,
    String task,
    String kind,
    String question,
    List<String> approvers,
    int needed,
    @Nullable Person excluded,
    List<String> targets,
    int targetCount,
    String digest,
    Instant openedAt,
    @Nullable Instant expiresAt,
    List<Vote> votes,
    Outcome outcome,
    @Nullable Instant closedAt) {

  /** How an approval stands. */
  public enum Outcome {
    OPEN,
    APPROVED,
    REJECTED,
    EXPIRED,
    /** The execution ended or was cancelled before anybody decided. */
    WITHDRAWN
  }

  /** What a vote means before it is recorded. */
  public enum Verdict {
    COUNTS,
    /** The same decision id was recorded before. */
    REPEATED,
    CLOSED,
    NOT_AN_APPROVER,
    REQUESTER_EXCLUDED
  }

  public Approval {
    approvers = List.copyOf(approvers);
    targets = List.copyOf(targets);
    votes = List.copyOf(votes);
  }

  public boolean isOpen() {
    return outcome == Outcome.OPEN;
  }

  public Verdict judge(Vote vote) {
    for (Vote earlier : votes) {
      if (earlier.decisionId().equals(vote.decisionId())) {
        return Verdict.REPEATED;
      }
    }
    if (!isOpen() || (expiresAt != null && !vote.at().isBefore(expiresAt))) {
      return Verdict.CLOSED;
    }
    if (excluded != null && excluded.isSameAs(vote.voter())) {
      return Verdict.REQUESTER_EXCLUDED;
    }
    if (!approvers.isEmpty() && approvers.stream().noneMatch(vote.voter()::isNamed)) {
      return Verdict.NOT_AN_APPROVER;
    }
    return Verdict.COUNTS;
  }

  /** Records a vote that counts: a later vote of the same person replaces the earlier, one rejection decides. */
  public Approval with(Vote vote) {
    List<Vote> now = new ArrayList<>();
    for (Vote earlier : votes) {
      if (!earlier.voter().isSameAs(vote.voter())) {
        now.add(earlier);
      }
    }
    now.add(vote);
    if (vote.decision() == Decision.REJECT) {
      return closed(now, Outcome.REJECTED, vote.at());
    }
    return approvals(now) >= needed
        ? closed(now, Outcome.APPROVED, vote.at())
        : closed(now, Outcome.OPEN, null);
  }

  /** Closes an open approval without a decision. */
  public Approval closed(Outcome how, Instant at) {
    return isOpen() ? closed(votes, how, at) : this;
  }

  /** Distinct people who approved so far. */
  public int approvals() {
    return approvals(votes);
  }

  /** The vote that decided; null while open or when nobody decided. */
  public @Nullable Vote decidedBy() {
    boolean decided = outcome == Outcome.APPROVED || outcome == Outcome.REJECTED;
    return decided && !votes.isEmpty() ? votes.get(votes.size() - 1) : null;
  }

  private static int approvals(List<Vote> votes) {
    return (int) votes.stream().filter(v -> v.decision() == Decision.APPROVE).count();
  }

  private Approval closed(List<Vote> with, Outcome how, @Nullable Instant at) {
    return new Approval(
        id,
        path,
        task,
        kind,
        question,
        approvers,
        needed,
        excluded,
        targets,
        targetCount,
        digest,
        openedAt,
        expiresAt,
        with,
        how,
        at);
  }
}
