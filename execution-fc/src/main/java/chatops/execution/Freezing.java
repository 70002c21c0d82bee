package chatops.execution;

import chatops.chat.handover.HandOver;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Mark;
import chatops.engine.Engine;
import chatops.engine.share.Freeze;
import chatops.execution.notify.Letter;
import chatops.execution.notify.Wording;
import java.time.InstantSource;

/** {@code /oos freeze} and {@code /oos unfreeze}: told to the whole channel, and audited. */
final class Freezing {
  private static final String ALL = "*";
  private static final int REASON = 500;

  private final Engine engine;
  private final Answers answers;
  private final People people;
  private final InstantSource clock;
  private final Log log;

  Freezing(Engine engine, Answers answers, People people, InstantSource clock, Log log) {
    this.engine = engine;
    this.answers = answers;
    this.people = people;
    this.clock = clock;
    this.log = log;
  }

  void freeze(HandOver.Run run, Answers.To to) {
    String words = String.join(" ", run.command().arguments());
    String reason = words.substring(0, Math.min(REASON, words.length()));
    Freeze freeze = new Freeze(pattern(run), run.principal().id(), clock.instant(), reason);
    engine.freeze(freeze);
    log.line(
        to.executionId(),
        "audit=freeze person=" + freeze.by() + " templates=" + freeze.pattern() + " reason="
            + reason);
    Wording wording = answers.words(to.language());
    answers.send(
        to,
        Letter.open(
            Message.of(Mark.CANCELLED, wording.say("freeze.done", freeze.pattern(), name(run)))
                .withText(
                    reason.isEmpty()
                        ? wording.say("freeze.text")
                        : reason + "\n" + wording.say("freeze.text"))));
  }

  void unfreeze(HandOver.Run run, Answers.To to) {
    String pattern = pattern(run);
    if (!engine.unfreeze(pattern, people.person(run.principal()))) {
      answers.note(to, Mark.NOTE, "unfreeze.none", pattern);
      return;
    }
    log.line(
        to.executionId(),
        "audit=unfreeze person=" + run.principal().id() + " templates=" + pattern);
    String text = answers.words(to.language()).say("unfreeze.done", pattern, name(run));
    answers.send(to, Letter.open(Message.of(Mark.ACCEPTED, text)));
  }

  private static String pattern(HandOver.Run run) {
    return run.command().options().getOrDefault("templates", ALL);
  }

  private static String name(HandOver.Run run) {
    return run.principal().name().isEmpty()
        ? run.principal().id()
        : run.principal().name();
  }
}
