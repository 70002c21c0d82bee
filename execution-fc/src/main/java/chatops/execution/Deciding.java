package chatops.execution;

import chatops.chat.Principal;
import chatops.chat.handover.HandOver;
import chatops.chat.render.Message.Mark;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.RunRequest;
import chatops.chat.rights.Verdict;
import chatops.engine.Cancelled;
import chatops.engine.Engine;
import chatops.engine.VoteResult;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Decision;
import chatops.engine.id.ExecutionId;
import chatops.engine.view.ExecutionView;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Votes and cancellations, whichever door they come through: a button, a link's page, a command. Each is one conditional write;
 * then the execution is taken further.
 */
final class Deciding {
  private final LiveRights rights;
  private final Engine engine;
  private final Answers answers;
  private final People people;
  private final VoteAnswers voteAnswers;

  Deciding(LiveRights rights, Engine engine, Answers answers, People people) {
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
    LiveRights.View now = rights.current();
    String template = view.get().template().name();
    Verdict verdict = now.rights()
        .mayDecide(
            wish.principal(),
            template,
            view.get().startedBy(),
            approval == null ? List.of() : approval.approvers());
    if (verdict instanceof Verdict.Denied denied) {
      return new Outcome(denied, null);
    }
    boolean isReasonNeeded =
        now.configuration().approvals().of(template).reason().isNeeded(wish.approve());
    if (isReasonNeeded && wish.reason().isBlank() && approval != null && approval.isOpen()) {
      String verb = wish.approve() ? "approve" : "reject";
      return new Outcome(
          new Verdict.Denied(Verdict.Reason.REASON, "/oos " + verb + " " + wish.execution() + " …"),
          null);
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
  void button(HandOver.Decide decide, Answers.To to, Onward onward) {
    Wish wish = new Wish(
        new ExecutionId(decide.executionId()),
        decide.approvalId(),
        decide.approve(),
        decide.reason(),
        decide.decisionId(),
        decide.principal());
    Outcome outcome = vote(wish);
    voteAnswers.answer(to, wish, outcome, true);
    goOn(wish.execution(), outcome, onward);
  }

  /** {@code /oos approve} and {@code /oos reject}: the execution's only open approval. */
  void command(HandOver.Run run, Answers.To to, Onward onward) {
    Optional<ExecutionId> id = Looking.parse(run);
    if (id.isEmpty()) {
      answers.note(
          to, Mark.REFUSED, "show.malformed", String.join(" ", run.command().arguments()));
      return;
    }
    Optional<ExecutionView> view = engine.findAsked(id.get());
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
    goOn(wish.execution(), outcome, onward);
  }

  void cancel(HandOver.Run run, Answers.To to, Onward onward) {
    Optional<ExecutionId> id = Looking.parse(run);
    if (id.isEmpty()) {
      answers.note(
          to, Mark.REFUSED, "show.malformed", String.join(" ", run.command().arguments()));
      return;
    }
    String template = engine.find(id.get()).map(view -> view.template().name()).orElse("");
    Verdict verdict = rights
        .current()
        .rights()
        .decide(
            run.principal(), run.place(), run.command().name(), new RunRequest(template, "", ""));
    if (verdict instanceof Verdict.Denied denied) {
      answers.denied(to, run.command().name(), denied);
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
      onward.advance(id.get());
    }
  }

  private void goOn(ExecutionId id, Outcome outcome, Onward onward) {
    if (outcome.isDecided()) {
      onward.advance(id);
    }
  }

  static @Nullable Approval approval(ExecutionView view, String approvalId) {
    return view.approvals().stream()
        .filter(a -> a.id().equals(approvalId))
        .findFirst()
        .orElse(null);
  }
}
