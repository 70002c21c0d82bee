package chatops.execution;

import chatops.chat.Principal;
import chatops.chat.handover.HandOver;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Mark;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.Verdict;
import chatops.engine.Cancelled;
import chatops.engine.Engine;
import chatops.engine.VoteResult;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Person;
import chatops.engine.id.ExecutionId;
import chatops.engine.view.ExecutionView;
import chatops.execution.notify.Letter;
import chatops.execution.notify.Wording;
import chatops.execution.right.ApprovalRights;
import chatops.execution.right.ExecutionRights;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Votes and cancellations, whichever door they come through: a button, a link's page, a command. Each is one conditional write;
 * then the execution is taken further.
 */
final class Deciding {
  private static final Pattern APPROVAL = Pattern.compile("ap[0-9a-f]{26}");

  private final LiveRights rights;
  private final Engine engine;
  private final Answers answers;
  private final People people;
  private final VoteAnswers voteAnswers;
  private final ApprovalRights mayDecide;
  private final ExecutionRights acting;

  Deciding(LiveRights rights, Engine engine, Answers answers, People people, InstantSource clock) {
    this.rights = rights;
    this.engine = engine;
    this.answers = answers;
    this.people = people;
    this.voteAnswers = new VoteAnswers(answers);
    this.mayDecide = new ApprovalRights(rights, clock);
    this.acting = new ExecutionRights(rights);
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

  /** Decides, without an answer and without going on: whoever asked wakes the execution. */
  Outcome vote(Wish wish) {
    return vote(wish, engine::voteAndLeave);
  }

  /** How the engine takes a vote. */
  private interface Voting {
    VoteResult vote(
        ExecutionId id,
        String approvalId,
        Decision decision,
        Person voter,
        String reason,
        String decisionId);
  }

  private Outcome vote(Wish wish, Voting voting) {
    Optional<ExecutionView> view = engine.find(wish.execution());
    if (view.isEmpty()) {
      return new Outcome(null, new VoteResult(VoteResult.State.UNKNOWN, null));
    }
    Approval approval = approval(view.get(), wish.approvalId());
    // the engine knows who is named and who asked; who may decide at all is the configuration's to
    // say
    LiveRights.View now = rights.current();
    String template = view.get().template().name();
    Verdict verdict = mayDecide.verdict(view.get(), approval, wish.principal());
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
        voting.vote(
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
    Outcome outcome = vote(wish, engine::vote);
    voteAnswers.answer(to, wish, outcome, true);
    goOn(wish.execution(), outcome, onward);
  }

  /**
   * {@code /oos approve} and {@code /oos reject}: the approval that is named by its id, as the buttons do that can only type, else
   * the only open one. A button of an earlier question so decides none that came after it.
   */
  void command(HandOver.Run run, Answers.To to, Onward onward) {
    Optional<ExecutionId> id = Looking.parse(run);
    List<String> words = run.command().arguments();
    if (id.isEmpty()) {
      answers.note(to, Mark.REFUSED, "show.malformed", String.join(" ", words));
      return;
    }
    Optional<ExecutionView> view = engine.findAsked(id.get());
    boolean isNamed = words.size() > 1 && APPROVAL.matcher(words.get(1)).matches();
    List<Approval> wanted =
        view.map(v -> wanted(v, isNamed ? words.get(1) : "")).orElse(List.of());
    if (wanted.isEmpty()) {
      String why = view.isEmpty() ? "show.missing" : isNamed ? "approval.unknown" : "approval.none";
      answers.note(to, view.isEmpty() || isNamed ? Mark.UNSURE : Mark.NOTE, why, id.get());
      return;
    }
    if (wanted.size() > 1) {
      answers.send(to, Letter.toPerson(several(run, wanted, answers.words(to.language()))));
      return;
    }
    String reason = String.join(" ", words.subList(isNamed ? 2 : 1, words.size()));
    Wish wish = new Wish(
        id.get(),
        wanted.get(0).id(),
        run.command().verb().equals("approve"),
        run.command().options().getOrDefault("reason", reason),
        "d_" + run.executionId(),
        run.principal());
    Outcome outcome = vote(wish, engine::vote);
    voteAnswers.answer(to, wish, outcome, false);
    goOn(wish.execution(), outcome, onward);
  }

  private static List<Approval> wanted(ExecutionView view, String named) {
    return view.approvals().stream()
        .filter(a -> named.isEmpty() ? a.isOpen() : a.id().equals(named))
        .toList();
  }

  private static Message several(HandOver.Run run, List<Approval> open, Wording words) {
    String id = run.command().arguments().get(0);
    StringBuilder lines = new StringBuilder();
    for (Approval approval : open) {
      lines
          .append(lines.length() == 0 ? "" : "\n")
          .append("/")
          .append(run.command().name());
      lines.append(" ").append(id).append(" ").append(approval.id()).append("  ");
      lines.append(approval.task()).append("  ").append(approval.question());
    }
    return Message.of(Mark.UNSURE, words.say("approval.several", open.size()))
        .withCode(lines.toString())
        .withFooter(id);
  }

  void cancel(HandOver.Run run, Answers.To to, Onward onward) {
    Optional<ExecutionId> id = Looking.parse(run);
    if (id.isEmpty()) {
      answers.note(
          to, Mark.REFUSED, "show.malformed", String.join(" ", run.command().arguments()));
      return;
    }
    Optional<ExecutionView> view = engine.find(id.get());
    if (view.isEmpty()) {
      answers.note(to, Mark.UNSURE, "show.missing", id.get());
      return;
    }
    Verdict verdict =
        acting.verdict(run.principal(), run.place(), run.command().name(), view.get());
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
