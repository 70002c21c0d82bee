package chatops.execution;

import chatops.chat.Language;
import chatops.chat.Platform;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Mark;
import chatops.chat.rights.Verdict;
import chatops.chat.text.Texts;
import chatops.execution.notify.Delivery;
import chatops.execution.notify.Letter;
import chatops.execution.notify.Replies;
import chatops.execution.notify.Wording;
import java.util.Locale;

/** Answers to the person who sent a command or pressed a button; one that cannot be delivered is logged. */
final class Answers {
  private final Texts texts;
  private final Replies replies;
  private final Log log;

  Answers(Texts texts, Replies replies, Log log) {
    this.texts = texts;
    this.replies = replies;
    this.log = log;
  }

  /** Where an answer goes. @param executionId the id the address was sealed for */
  record To(String reply, String executionId, Platform platform, Language language) {}

  Wording words(Language language) {
    return new Wording(texts, language);
  }

  void send(To to, Letter letter) {
    if (to.reply().isEmpty()) {
      return;
    }
    Delivery delivery = replies.send(to.reply(), to.executionId(), to.platform(), letter);
    if (!delivery.isDelivered()) {
      log.line(to.executionId(), "answer undelivered: " + delivery.detail());
    }
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
    send(
        to,
        Letter.toPerson(Message.of(Mark.REFUSED, words.say("refused", what))
            .withText(why + "\n" + words.say("refused.next"))
            .withFooter(to.executionId())));
  }
}
