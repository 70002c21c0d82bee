package chatops.execution;

import chatops.chat.Language;
import chatops.chat.Platform;
import chatops.chat.handover.HandOver;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Mark;
import chatops.chat.rights.Verdict;
import chatops.chat.text.Texts;
import chatops.engine.policy.Policy;
import chatops.engine.share.Freeze;
import chatops.execution.notify.Delivery;
import chatops.execution.notify.Letter;
import chatops.execution.notify.Replies;
import chatops.execution.notify.Windows;
import chatops.execution.notify.Wording;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Answers to the person who sent a command or pressed a button; one that cannot be delivered is logged. */
final class Answers {
  private final Texts texts;
  private final Replies replies;
  private final Windows windows;
  private final Log log;

  Answers(Texts texts, Replies replies, Windows windows, Log log) {
    this.texts = texts;
    this.replies = replies;
    this.windows = windows;
    this.log = log;
  }

  /**
   * Where an answer goes.
   *
   * @param executionId the id the address was sealed for
   * @param dialog the window that waits for what is said to the person alone; empty when there is none
   * @param caught takes the answers instead, for whoever waits for them; null where they are sent
   */
  record To(
      String reply,
      String executionId,
      Platform platform,
      Language language,
      String dialog,
      @Nullable List<Message> caught) {
    private To(
        String reply, String executionId, Platform platform, Language language, String dialog) {
      this(reply, executionId, platform, language, dialog, null);
    }

    static To of(HandOver.Run run) {
      return new To(
          run.reply(), run.executionId(), run.place().platform(), run.language(), run.dialog());
    }

    static To of(HandOver.Decide decide) {
      return new To(
          decide.reply(), decide.executionId(), decide.place().platform(), decide.language(), "");
    }

    static To of(HandOver.Answer answer) {
      return new To(
          answer.reply(), answer.executionId(), answer.place().platform(), answer.language(), "");
    }

    /** What is said about the run goes to a list. */
    static To catching(HandOver.Run run, List<Message> caught) {
      return new To("", run.executionId(), run.place().platform(), run.language(), "", caught);
    }

    private To windowless() {
      return new To(reply, executionId, platform, language, "", caught);
    }
  }

  Wording words(Language language) {
    return new Wording(texts, language);
  }

  void send(To to, Letter letter) {
    if (to.caught() != null) {
      to.caught().add(letter.message());
      return;
    }
    if (letter.isPrivate() && !to.dialog().isEmpty()) {
      if (windows.tell(to.dialog(), to.language(), letter.message())) {
        return;
      }
      log.line(to.executionId(), "the window is not there; answered in the chat");
    }
    if (to.reply().isEmpty()) {
      return;
    }
    Delivery delivery = replies.send(to.reply(), to.executionId(), to.platform(), letter);
    if (!delivery.isDelivered()) {
      log.line(to.executionId(), "answer undelivered: " + delivery.detail());
    }
  }

  /** The window that waited says that it is done, where there is one. */
  void started(To to, String what) {
    if (!to.dialog().isEmpty()) {
      Wording words = words(to.language());
      windows.tell(
          to.dialog(),
          to.language(),
          Message.of(Mark.ACCEPTED, words.say("started", what))
              .withText(words.say("started.text"))
              .withFooter(to.executionId()));
    }
  }

  /** Asks for what is missing or wrong: in the window that waits, else in words with the whole command. */
  void ask(To to, Windows.Form form, String what, List<String> problems, String command) {
    if (!to.dialog().isEmpty() && windows.ask(to.dialog(), to.language(), form)) {
      return;
    }
    Wording words = words(to.language());
    Letter letter = Letter.toPerson(Message.of(Mark.REFUSED, words.say("refused", what))
        .withText(String.join("\n", problems) + "\n" + words.say("again", command))
        .withFooter(to.executionId()));
    send(to.windowless(), letter);
  }

  /** Whether what is said to the person alone is seen by nobody else, wherever it is shown. */
  boolean isAlone(To to) {
    return replies.isAlone(to.reply(), to.executionId(), to.platform());
  }

  /** To the person alone. */
  void note(To to, Mark mark, String key, Object... arguments) {
    send(
        to,
        Letter.toPerson(Message.of(mark, words(to.language()).say(key, arguments))
            .withFooter(to.executionId())));
  }

  void denied(To to, String what, Verdict.Denied denied) {
    Wording words = words(to.language());
    String why =
        words.say("denied." + denied.reason().name().toLowerCase(Locale.ROOT), denied.what());
    send(
        to,
        Letter.toPerson(Message.of(Mark.REFUSED, words.say("denied", what))
            .withText(why + "\n" + words.say("denied.next"))
            .withFooter(to.executionId())));
  }

  void refused(To to, String what, String why) {
    Wording words = words(to.language());
    notStarted(to, words, what, why, words.say("refused.next"));
  }

  void frozen(To to, String what, Freeze freeze) {
    Wording words = words(to.language());
    String why = words.say(
        "frozen", freeze.pattern(), Wording.time(freeze.at()), freeze.by(), freeze.reason());
    notStarted(to, words, what, why, words.say("frozen.next"));
  }

  void full(To to, String what, Policy.Limit limit) {
    Wording words = words(to.language());
    String why = words.say("full", limit.running(), limit.queued());
    notStarted(to, words, what, why, words.say("full.next"));
  }

  private void notStarted(To to, Wording words, String what, String why, String next) {
    send(
        to,
        Letter.toPerson(Message.of(Mark.REFUSED, words.say("refused", what))
            .withText(why + "\n" + next)
            .withFooter(to.executionId())));
  }
}
