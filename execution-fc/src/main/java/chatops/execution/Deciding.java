package chatops.execution;

import chatops.chat.Principal;
import chatops.chat.handover.HandOver;
import chatops.chat.render.Message.Mark;
import chatops.chat.rights.Rights;
import chatops.chat.rights.Verdict;
import chatops.engine.Cancelled;
import chatops.engine.Engine;
import chatops.engine.VoteResult;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Decision;
import chatops.engine.id.ExecutionId;
import chatops.engine.view.ExecutionView;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Votes and cancellations, whichever door they come through: a button, a link's page, a command. Each is one conditional write;
 * then the execution is taken further.
 */
final class Deciding {
  private final Rights rights;
  private final Engine engine;
  private final Answers answers;
  private final People people;
  private final VoteAnswers voteAnswers;

  Deciding(Rights rights, Engine engine, Answers answers, People people) {
    this.rights = rights;
    this.engine = engine;
    this.answers = answers;
    this.people = people;
    this.voteAnswers = new VoteAnswers(answers);
  }

  /** One wish to decide. */
  record Wish(
      ExecutionId execution,
      String approvalId,
      boolean approve,
      String reason,
      String decisionId,
      Principal principal) {}

  /** What came of a wish. @param denied null when rights let it through */
  record Outcome(Verdict.@Nullable Denied denied, @Nullable VoteResult result) {
    boolean isDecided() {
      return result != null
          && (result.state() == VoteResult.State.DECIDED
              || result.state() == VoteResult.State.RECORDED);
    }
  }

  /** Decides, without an answer and without going on. */
  Outcome vote(Wish wish) {
    Optional<ExecutionView> view = engine.find(wish.execution());
    if (view.isEmpty()) {
      return new Outcome(null, new VoteResult(VoteResult.State.UNKNOWN, null));
    }
    Approval approval = approval(view.get(), wish.approvalId());
    // the engine knows who is named and who asked; who may decide at all is the configuration's to
    // say
    Verdict verdict = rights.mayDecide(
        wish.principal(),
        view.get().startedBy(),
        approval == null ? java.util.List.of() : platformIds(approval));
    if (verdict instanceof Verdict.Denied denied) {
      return new Outcome(denied, null);
    }
    return new Outcome(
        null,
        engine.vote(
            wish.execution(),
            wish.approvalId(),
            wish.approve() ? Decision.APPROVE : Decision.REJECT,
            people.person(wish.principal()),
            wish.reason(),
            wish.decisionId()));
  }

  /** A button: the answer replaces the message that asked, where the platform can. */
  void button(HandOver.Decide decide, Answers.To to, Instant deadline) {
    Wish wish = new Wish(
        new ExecutionId(decide.executionId()),
        decide.approvalId(),
        decide.approve(),
        decide.reason(),
        decide.decisionId(),
        decide.principal());
    Outcome outcome = vote(wish);
    voteAnswers.answer(to, wish, outcome, true);
    goOn(wish.execution(), outcome, deadline);
  }

  /** {@code /oos approve} and {@code /oos reject}: the execution's only open approval. */
  void command(HandOver.Run run, Answers.To to, Instant deadline) {
    Optional<ExecutionId> id = Looking.parse(run);
    if (id.isEmpty()) {
      answers.note(
          to, Mark.REFUSED, "show.malformed", String.join(" ", run.command().arguments()));
      return;
    }
    Optional<ExecutionView> view = engine.find(id.get());
    Approval open = view.flatMap(
            v -> v.approvals().stream().filter(Approval::isOpen).findFirst())
        .orElse(null);
    if (open == null) {
      answers.note(to, Mark.NOTE, view.isEmpty() ? "show.missing" : "approval.none", id.get());
      return;
    }
    String words = String.join(
        " ", run.command().arguments().subList(1, run.command().arguments().size()));
    Wish wish = new Wish(
        id.get(),
        open.id(),
        run.command().verb().equals("approve"),
        run.command().options().getOrDefault("reason", words),
        "d_" + run.executionId(),
        run.principal());
    Outcome outcome = vote(wish);
    voteAnswers.answer(to, wish, outcome, false);
    goOn(wish.execution(), outcome, deadline);
  }

  void cancel(HandOver.Run run, Answers.To to, Instant deadline) {
    Optional<ExecutionId> id = Looking.parse(run);
    if (id.isEmpty()) {
      answers.note(
          to, Mark.REFUSED, "show.malformed", String.join(" ", run.command().arguments()));
      return;
    }
    String reason = String.join(
        " ", run.command().arguments().subList(1, run.command().arguments().size()));
    Cancelled cancelled = engine.cancel(id.get(), people.person(run.principal()), reason);
    switch (cancelled) {
      case REQUESTED -> answers.note(to, Mark.CANCELLED, "cancel.requested", id.get());
      case ALREADY_REQUESTED -> answers.note(to, Mark.NOTE, "cancel.repeated", id.get());
      case ALREADY_ENDED -> answers.note(to, Mark.NOTE, "cancel.ended", id.get());
      case UNKNOWN -> answers.note(to, Mark.UNSURE, "show.missing", id.get());
    }
    if (cancelled == Cancelled.REQUESTED) {
      engine.advance(id.get(), deadline);
    }
  }

  private void goOn(ExecutionId id, Outcome outcome, Instant deadline) {
    if (outcome.isDecided()) {
      engine.advance(id, deadline);
    }
  }

  static @Nullable Approval approval(ExecutionView view, String approvalId) {
    return view.approvals().stream()
        .filter(a -> a.id().equals(approvalId))
        .findFirst()
        .orElse(null);
  }

  /** Names in a template are RAM users, which the engine matches; ids of platforms are matched by the rights. */
  private static java.util.List<String> platformIds(Approval approval) {
    return approval.approvers().stream().filter(name -> name.indexOf(':') > 0).toList();
  }
}
