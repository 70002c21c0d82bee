package chatops.execution.notify;

import chatops.chat.handover.ApprovalRef;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Button;
import chatops.chat.render.Message.Mark;
import chatops.chat.render.Message.Style;
import chatops.chat.text.Texts;
import chatops.engine.notice.Links;
import chatops.engine.notice.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a notice says, in the language of the person who asked. */
final class NoticeMessages {
  private static final int TARGETS_SHOWN = 10;

  private final Texts texts;
  private final Links links;

  NoticeMessages(Texts texts, Links links) {
    this.texts = texts;
    this.links = links;
  }

  Message of(Notice notice, Origin origin) {
    Wording words = new Wording(texts, origin.language());
    String what = words.what(origin.what(), notice.envelope().template());
    if (notice instanceof Notice.Ended ended) {
      return ended(ended, words, what);
    }
    if (notice instanceof Notice.DecisionWanted wanted) {
      return wanted(wanted, words, what, origin);
    }
    if (notice instanceof Notice.OutcomeWanted unknown) {
      return unknown(unknown, words);
    }
    Notice.Progress progress = (Notice.Progress) notice;
    String done = progress.total() > 0 ? " (" + progress.done() + "/" + progress.total() + ")" : "";
    return Message.of(Mark.RUNNING, words.say("progress", what, progress.text() + done))
        .withFooter(id(notice));
  }

  private static Message ended(Notice.Ended ended, Wording words, String what) {
    int count = OutputTable.count(ended.outputs());
    List<String> missing = OutputTable.missing(ended.outputs());
    String duration = Wording.duration(Duration.between(ended.startedAt(), ended.endedAt()));
    Message message = switch (ended.status()) {
      case "Success" ->
        Message.of(
            count == 0 ? Mark.NOTE : Mark.SUCCESS,
            words.say(count == 0 ? "ended.nothing" : "ended.success", what));
      case "Cancelled" -> Message.of(Mark.CANCELLED, words.say("ended.cancelled", what));
      default -> Message.of(Mark.FAILED, words.say("ended.failed", what));
    };
    if (count > 0) {
      message = message.withField(words.field("instances"), String.valueOf(count));
    }
    message = message.withField(words.field("duration"), duration);
    StringBuilder text = new StringBuilder(ended.status().equals("Success") ? "" : ended.message());
    if (!missing.isEmpty()) {
      line(text, words.say("missing", String.join(", ", missing)));
    }
    if (ended.status().equals("Failed")) {
      line(text, words.say("next.failed", id(ended)));
    } else if (ended.status().equals("Cancelled")) {
      line(text, words.say("next.cancelled"));
    }
    return message
        .withText(text.toString())
        .withCode(OutputTable.of(ended.outputs(), words))
        .withFooter(id(ended));
  }

  private Message wanted(Notice.DecisionWanted wanted, Wording words, String what, Origin origin) {
    String id = id(wanted);
    String value = new ApprovalRef(id, wanted.approvalId()).toString();
    Message message = Message.of(Mark.WAITING, words.say("approval.wanted", what))
        .withText(wanted.question())
        .withField(
            words.field("by"),
            origin.name().isEmpty() ? wanted.envelope().startedBy() : origin.name());
    if (wanted.targetCount() > 0) {
      message = message.withField(words.field("targets"), targets(wanted, words));
    }
    if (wanted.needed() > 1) {
      message = message.withField(words.field("needed"), String.valueOf(wanted.needed()));
    }
    Instant expiresAt = wanted.expiresAt();
    if (expiresAt != null) {
      message = message.withField(words.field("expires"), Wording.time(expiresAt));
    }
    message = message
        .withButton(new Button(
            "approve",
            words.say("approval.approve"),
            Style.PRIMARY,
            value,
            "",
            "/oos approve " + id,
            words.say("approval.confirm.approve", Math.max(0, wanted.targetCount()))))
        .withButton(new Button(
            "reject",
            words.say("approval.reject"),
            Style.DANGER,
            value,
            "",
            "/oos reject " + id,
            words.say("approval.confirm.reject")));
    String page = links.approval(wanted.envelope().execution(), wanted.approvalId());
    if (!page.isEmpty()) {
      message = message.withButton(Button.link(words.say("approval.open"), page));
    }
    return message.withFooter(id);
  }

  private static Message unknown(Notice.OutcomeWanted unknown, Wording words) {
    return Message.of(Mark.UNSURE, words.say("outcome.wanted", unknown.call()))
        .withText(words.say("outcome.text", unknown.call(), unknown.query(), id(unknown)))
        .withField(words.field("task"), unknown.task())
        .withFooter(id(unknown));
  }

  private static String targets(Notice.DecisionWanted wanted, Wording words) {
    int shown = Math.min(TARGETS_SHOWN, wanted.targets().size());
    String names = String.join(", ", wanted.targets().subList(0, shown));
    String more =
        wanted.targetCount() > shown ? " " + words.say("more", wanted.targetCount() - shown) : "";
    return wanted.targetCount() + ": " + names + more;
  }

  private static void line(StringBuilder text, String line) {
    text.append(text.length() == 0 ? "" : "\n").append(line);
  }

  private static String id(Notice notice) {
    return notice.envelope().execution().value();
  }
}
