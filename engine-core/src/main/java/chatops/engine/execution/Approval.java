package chatops.engine.execution;

import chatops.engine.id.TaskPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A question to people, with the votes so far. Bound by {@code digest} to the template, the parameters and the targets
 * that were known when it was asked. A pure value: {@link #judge} says what a vote would mean, {@link #with} records it.
 *
 * @param kind one of the {@link WaitingStatus} texts
 * @param approvers names that may decide; empty means whoever the host lets through, and the host judges {@code group:…}
 * @param excluded the requester, when he may not decide on his own request
 * @param targets what will be acted on, as people read it: the first of {@code targetCount}
 * @param outcome how it was decided
 * @param remindAt when people are reminded; null when they are not, or were
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
    @Nullable Instant closedAt,
    AtExpiry atExpiry,
    @Nullable Instant remindAt) {

  /** What it comes to when nobody decides in time. */
  public enum AtExpiry {
    APPROVE,
    REJECT,
    /** The whole execution is cancelled. */
    CANCEL
  }

  /** How an approval stands. */
  public enum Outcome {
    OPEN,
    APPROVED,
    REJECTED,
    EXPIRED,
    /** The execution ended or was cancelled before anybody decided. */
    WITHDRAWN,
    /** What was asked for is not what would be done any more; it was asked anew. */
    VOID
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
    // format 1 had rejection only
    atExpiry = Objects.requireNonNullElse(atExpiry, AtExpiry.REJECT);
  }

  /** Whether the execution may go on: approved, or expired where that means the same. */
  public boolean isGranted() {
    return outcome == Outcome.APPROVED
        || (outcome == Outcome.EXPIRED && atExpiry == AtExpiry.APPROVE);
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
    if (!approvers.isEmpty()
        && approvers.stream()
            .noneMatch(name -> name.startsWith("group:") || vote.voter().isNamed(name))) {
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

  /** Nothing that was decided about it counts any more. */
  Approval voided(Instant at) {
    return closed(votes, Outcome.VOID, at);
  }

  /** People are reminded now, and not again. */
  Approval reminded() {
    return with(votes, outcome, closedAt, null);
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
    return with(with, how, at, how == Outcome.OPEN ? remindAt : null);
  }

  private Approval with(
      List<Vote> with, Outcome how, @Nullable Instant at, @Nullable Instant reminder) {
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
        at,
        atExpiry,
        reminder);
  }
}
