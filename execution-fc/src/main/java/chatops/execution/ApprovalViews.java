package chatops.execution;

import chatops.chat.Language;
import chatops.chat.Principal;
import chatops.chat.handover.ApprovalRef;
import chatops.chat.handover.ApprovalView;
import chatops.chat.handover.HandOver;
import chatops.chat.rights.LiveRights;
import chatops.engine.Engine;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Vote;
import chatops.engine.id.ExecutionId;
import chatops.engine.view.ExecutionView;
import chatops.execution.notify.Origin;
import chatops.execution.notify.Wording;
import chatops.execution.page.Values;
import chatops.execution.right.ApprovalRights;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Answers to pages of links: an approval as a person may see it. */
final class ApprovalViews {
  private final Engine engine;
  private final Answers answers;
  private final ApprovalRights mayDecide;

  ApprovalViews(LiveRights rights, Engine engine, Answers answers, InstantSource clock) {
    this.engine = engine;
    this.answers = answers;
    this.mayDecide = new ApprovalRights(rights, clock);
  }

  byte[] answer(HandOver.Ask ask) {
    String approvalId = ask.id();
    if (approvalId.indexOf(':') > 0) {
      approvalId = ApprovalRef.parse(approvalId).approvalId();
    }
    return approval(ask.executionId(), approvalId, ask.principal(), ask.language())
        .toJson();
  }

  ApprovalView approval(
      String executionId, String approvalId, Principal principal, Language language) {
    Optional<ExecutionView> found = find(executionId);
    Approval approval = found.map(view -> Deciding.approval(view, approvalId)).orElse(null);
    if (found.isEmpty() || approval == null) {
      return ApprovalView.unknown(executionId, approvalId);
    }
    ExecutionView view = found.get();
    Wording words = answers.words(language);
    Origin origin = Origin.of(view.origin());
    String whyNot = mayDecide.whyNot(view, approval, principal);
    Vote vote = approval.decidedBy();
    Instant expiresAt = approval.expiresAt();
    return new ApprovalView(
        executionId,
        approvalId,
        view.status(),
        words.say("approval.wanted", words.what(origin.what(), view.template().name())),
        approval.question(),
        view.template().name(),
        view.regionId(),
        origin.name().isEmpty() ? view.startedBy() : origin.name() + " (" + view.startedBy() + ")",
        approval.targetCount(),
        approval.targets(),
        Values.texts(view.parameters()),
        approval.openedAt().toString(),
        expiresAt == null ? "" : expiresAt.toString(),
        whyNot.isEmpty(),
        whyNot,
        vote == null ? "" : vote.decision() == Decision.APPROVE ? "approve" : "reject",
        vote == null ? "" : name(vote, words),
        vote == null ? "" : vote.at().toString(),
        vote == null ? "" : vote.reason(),
        approval.isOpen() ? "" : view.statusMessage(),
        approval.needed(),
        approval.votes().stream()
            .filter(each -> each.decision() == Decision.APPROVE)
            .map(each -> name(each, words))
            .toList(),
        mayDecide.reasonFor(view.template().name()));
  }

  private static String name(Vote vote, Wording words) {
    return words.person(vote.voter().id(), vote.voter().name());
  }

  private Optional<ExecutionView> find(String executionId) {
    try {
      return engine.find(new ExecutionId(executionId));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
