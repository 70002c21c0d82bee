package chatops.execution;

import chatops.chat.Place;
import chatops.chat.Platform;
import chatops.chat.Principal;
import chatops.chat.handover.HandOver;
import chatops.chat.handover.QuestionView;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Mark;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.Verdict;
import chatops.engine.AnswerResult;
import chatops.engine.Engine;
import chatops.engine.execution.Person;
import chatops.engine.execution.Question;
import chatops.engine.id.ExecutionId;
import chatops.engine.view.ExecutionView;
import chatops.execution.notify.Letter;
import chatops.execution.notify.Origin;
import chatops.execution.notify.Wording;
import chatops.execution.right.ExecutionRights;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers about calls whose outcome is unknown, whichever door they come through: a button, a link's page, a command. Each is
 * one conditional write, of which the first counts; then the execution is taken further.
 */
final class Answering {
  private final LiveRights rights;
  private final Engine engine;
  private final Answers answers;
  private final People people;
  private final ExecutionRights acting;

  Answering(LiveRights rights, Engine engine, Answers answers, People people) {
    this.rights = rights;
    this.engine = engine;
    this.answers = answers;
    this.people = people;
    this.acting = new ExecutionRights(rights);
  }

  /** A button: the answer replaces the message that asked, where the platform can. */
  void button(HandOver.Answer press, Answers.To to, Onward onward) {
    ExecutionId id = new ExecutionId(press.executionId());
    Optional<ExecutionView> view = engine.find(id);
    if (view.isEmpty()) {
      answers.note(to, Mark.UNSURE, "show.missing", id);
      return;
    }
    if (isDenied(press.principal(), press.place(), "oos " + press.answer(), view.get(), to)) {
      return;
    }
    decide(id, press.questionId(), answer(press.answer()), press.principal(), to, true, onward);
  }

  /**
   * {@code /oos retry}, {@code skip} and {@code stop}: the question that is named, by its id or its task, else the only open
   * one.
   *
   * @return false when the execution has no open question, or none that is called so
   */
  boolean command(HandOver.Run run, Answers.To to, Onward onward) {
    Optional<ExecutionId> id = Looking.parse(run);
    if (id.isEmpty()) {
      answers.note(
          to, Mark.REFUSED, "show.malformed", String.join(" ", run.command().arguments()));
      return true;
    }
    Optional<ExecutionView> view = engine.find(id.get());
    if (view.isEmpty()) {
      answers.note(to, Mark.UNSURE, "show.missing", id.get());
      return true;
    }
    if (isDenied(run.principal(), run.place(), run.command().name(), view.get(), to)) {
      return true;
    }
    List<String> words = run.command().arguments();
    String named = words.size() > 1 && words.get(1).indexOf('=') < 0 ? words.get(1) : "";
    List<Question> wanted = view.get().questions().stream()
        .filter(q -> named.isEmpty() ? q.answer() == null : isNamed(q, named))
        .toList();
    if (wanted.isEmpty()) {
      return false;
    }
    Question.Answer answer = answer(run.command().verb());
    if (wanted.size() > 1) {
      answers.send(to, Letter.toPerson(several(wanted, answers.words(to.language()), id.get())));
      return true;
    }
    decide(id.get(), wanted.get(0).id(), answer, run.principal(), to, false, onward);
    return true;
  }

  private boolean isDenied(
      Principal principal, Place place, String command, ExecutionView view, Answers.To to) {
    Verdict verdict = acting.verdict(principal, place, command, view);
    if (verdict instanceof Verdict.Denied denied) {
      answers.denied(to, command, denied);
      return true;
    }
    return false;
  }

  private void decide(
      ExecutionId id,
      String questionId,
      Question.Answer answer,
      Principal principal,
      Answers.To to,
      boolean isButton,
      Onward onward) {
    Person person = people.person(principal);
    AnswerResult result = engine.decideOutcome(id, questionId, answer, person);
    Question question = result.question();
    if (question == null) {
      answers.note(to, Mark.REFUSED, "outcome.unknown", questionId, id);
      return;
    }
    switch (result.state()) {
      case RECORDED -> {
        String name = principal.name().isEmpty() ? principal.id() : principal.name();
        String text = answers
            .words(to.language())
            .say("outcome.done." + lower(answer), question.call(), name);
        Message message = Message.of(Mark.ACCEPTED, text).withFooter(id.value());
        answers.send(to, isButton ? Letter.instead(message) : Letter.open(message));
        onward.advance(id);
      }
      case TOO_EARLY ->
        answers.note(to, Mark.REFUSED, "outcome.early", Wording.time(question.retryAfter()));
      case ALREADY_ANSWERED -> {
        String text = answers.words(to.language()).say("outcome.closed", closed(question, to));
        Message message = Message.of(Mark.NOTE, text).withFooter(to.executionId());
        // buttons that were still there, because the message could not be changed, go with this
        answers.send(to, isButton ? Letter.instead(message) : Letter.toPerson(message));
      }
      case UNKNOWN -> answers.note(to, Mark.REFUSED, "outcome.unknown", questionId, id);
    }
  }

  /** From a page: the answer without going on. @return whether it counts */
  boolean onPage(HandOver.Answer form) {
    Optional<ExecutionView> view = engine.find(new ExecutionId(form.executionId()));
    return view.isPresent()
        && mayOnPage(form.principal(), form.place(), form.answer(), view.get()).isAllowed()
        && engine
                .decideOutcome(
                    new ExecutionId(form.executionId()),
                    form.questionId(),
                    answer(form.answer()),
                    people.person(form.principal()))
                .state()
            == AnswerResult.State.RECORDED;
  }

  QuestionView view(String executionId, String questionId, Principal principal, Place place) {
    Optional<ExecutionView> found = engine.find(new ExecutionId(executionId));
    Question question = found
        .flatMap(
            v -> v.questions().stream().filter(q -> q.id().equals(questionId)).findFirst())
        .orElse(null);
    if (found.isEmpty() || question == null) {
      return QuestionView.unknown(executionId, questionId);
    }
    ExecutionView view = found.get();
    Origin origin = Origin.of(view.origin());
    boolean isOpen = question.answer() == null && view.endedAt() == null;
    Person by = question.answeredBy();
    return new QuestionView(
        executionId,
        questionId,
        view.status(),
        view.template().name(),
        view.regionId(),
        origin.name().isEmpty() ? view.startedBy() : origin.name() + " (" + view.startedBy() + ")",
        question.task(),
        question.call(),
        question.query(),
        question.sentAt().toString(),
        question.retryAfter().toString(),
        isOpen && mayOnPage(principal, place, "retry", view).isAllowed(),
        lower(question.answer()),
        by == null ? "" : by.name());
  }

  /** A person as by the command; a link is proof of nothing but itself, and answers where links may decide approvals, too. */
  private Verdict mayOnPage(Principal principal, Place place, String answer, ExecutionView view) {
    return principal.platform() == Platform.WEB
        ? rights
            .current()
            .rights()
            .mayDecide(principal, view.template().name(), view.startedBy(), List.of())
        : acting.verdict(principal, place, "oos " + answer, view);
  }

  private static boolean isNamed(Question question, String name) {
    return question.id().equals(name) || question.task().equalsIgnoreCase(name);
  }

  private static Message several(List<Question> questions, Wording words, ExecutionId id) {
    StringBuilder lines = new StringBuilder();
    for (Question question : questions) {
      lines.append(lines.length() == 0 ? "" : "\n");
      lines.append(question.id()).append("  ").append(question.task());
      lines.append("  ").append(question.call()).append("  ").append(question.path());
    }
    return Message.of(Mark.UNSURE, words.say("outcome.several", questions.size()))
        .withCode(lines.toString())
        .withFooter(id.value());
  }

  private String closed(Question question, Answers.To to) {
    Person by = question.answeredBy();
    Question.Answer answer = question.answer();
    Wording words = answers.words(to.language());
    return answer == null
        ? words.say("outcome.over")
        : words.say("outcome." + lower(answer)) + " · " + (by == null ? "" : by.name());
  }

  private static String lower(Question.@Nullable Answer answer) {
    return answer == null ? "" : answer.name().toLowerCase(Locale.ROOT);
  }

  /** @throws IllegalArgumentException for anything but the three words */
  private static Question.Answer answer(String word) {
    return Question.Answer.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
