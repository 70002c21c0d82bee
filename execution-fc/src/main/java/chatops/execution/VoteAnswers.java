package chatops.execution;

import chatops.chat.render.Message;
import chatops.chat.render.Message.Mark;
import chatops.chat.rights.Verdict;
import chatops.engine.VoteResult;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Vote;
import chatops.execution.notify.Letter;
import chatops.execution.notify.Wording;

/** What the person who decided is told, and what takes the place of the question. */
final class VoteAnswers {
  private final Answers answers;

  VoteAnswers(Answers answers) {
    this.answers = answers;
  }

  /** @param isButton whether the message with the buttons can be replaced */
  void answer(Answers.To to, Deciding.Wish wish, Deciding.Outcome outcome, boolean isButton) {
    Wording words = answers.words(to.language());
    Verdict.Denied denied = outcome.denied();
    VoteResult result = outcome.result();
    if (denied != null) {
      answers.denied(to, wish.execution().value(), denied);
      return;
    }
    if (result == null) {
      return;
    }
    String id = wish.execution().value();
    switch (result.state()) {
      case DECIDED -> {
        String done = wish.approve() ? "approval.done.approve" : "approval.done.reject";
        Message message = Message.of(
                wish.approve() ? Mark.SUCCESS : Mark.CANCELLED,
                words.say(done, question(result.approval(), id), name(wish)))
            .withText(wish.reason())
            .withFooter(id);
        answers.send(to, isButton ? Letter.instead(message) : Letter.open(message));
      }
      case RECORDED -> {
        Approval approval = result.approval();
        int counted = approval == null ? 1 : approval.approvals();
        int needed = approval == null ? 1 : approval.needed();
        String text = words.say("approval.recorded", id, name(wish), counted, needed);
        answers.send(to, Letter.open(Message.of(Mark.WAITING, text)));
      }
      case REPEATED -> {
        // a second delivery of the same event: the first was answered
      }
      case ALREADY_CLOSED -> closed(to, words, result.approval(), isButton);
      case NOT_AN_APPROVER ->
        answers.denied(to, id, new Verdict.Denied(Verdict.Reason.APPROVER, ""));
      case REQUESTER_EXCLUDED ->
        answers.denied(to, id, new Verdict.Denied(Verdict.Reason.REQUESTER, ""));
      case UNKNOWN -> answers.note(to, Mark.UNSURE, "approval.unknown", id);
    }
  }

  /** Buttons that were still there, because the message could not be changed, go with this. */
  private void closed(
      Answers.To to,
      Wording words,
      @org.jspecify.annotations.Nullable Approval approval,
      boolean isButton) {
    Vote vote = approval == null ? null : approval.decidedBy();
    String text;
    if (vote == null) {
      text = words.say("approval.withdrawn");
    } else {
      String how = vote.decision() == Decision.APPROVE ? "decision.approve" : "decision.reject";
      text = words.say("approval.closed", words.say(how, vote.voter().name()));
    }
    Message message = Message.of(Mark.NOTE, text).withFooter(to.executionId());
    answers.send(to, isButton ? Letter.instead(message) : Letter.toPerson(message));
  }

  private static String question(@org.jspecify.annotations.Nullable Approval approval, String id) {
    return approval == null || approval.task().isEmpty() ? id : approval.task();
  }

  private static String name(Deciding.Wish wish) {
    String name = wish.principal().name();
    return name.isEmpty() ? wish.principal().id() : name;
  }
}
