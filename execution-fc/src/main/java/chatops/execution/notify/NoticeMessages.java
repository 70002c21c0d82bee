package chatops.execution.notify;

import chatops.chat.handover.ApprovalRef;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Button;
import chatops.chat.render.Message.Mark;
import chatops.chat.render.Message.Style;
import chatops.chat.render.SlackBlocks;
import chatops.chat.rights.Approvals;
import chatops.chat.rights.Configuration;
import chatops.chat.rights.LiveRights;
import chatops.chat.text.Texts;
import chatops.engine.notice.Links;
import chatops.engine.notice.Notice;
import chatops.execution.explain.Explanation;
import chatops.execution.explain.Explanations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a notice says, in the language of the person who asked. */
final class NoticeMessages {
  private static final int TARGETS_SHOWN = 10;

  private final Texts texts;
  private final Links links;
  private final LiveRights rights;

  NoticeMessages(Texts texts, Links links, LiveRights rights) {
    this.texts = texts;
    this.links = links;
    this.rights = rights;
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
    if (notice instanceof Notice.DecisionDue due) {
      Message message = wanted(due.wanted(), words, what, origin);
      return Message.of(Mark.WAITING, words.say("approval.due", what))
          .withText(message.text())
          .withFields(message.fields())
          .withButtons(message.buttons())
          .withMentions(message.mentions())
          .withFooter(message.footer());
    }
    if (notice instanceof Notice.DecisionMade made) {
      return made(made, words, what);
    }
    if (notice instanceof Notice.OutcomeWanted unknown) {
      return unknown(unknown, words);
    }
    if (notice instanceof Notice.OutcomeMade made) {
      return answered(made, words);
    }
    if (notice instanceof Notice.FailureHeld held) {
      return Message.of(Mark.UNSURE, words.say("held.failure", what))
          .withCode(held.message())
          .withText(words.say("held.failure.text", id(notice)))
          .withField(words.field("task"), held.task())
          .withFooter(id(notice));
    }
    if (notice instanceof Notice.Queued queued) {
      return Message.of(Mark.WAITING, words.say("queued", what, queued.place()))
          .withText(words.say("queued.text", id(notice)))
          .withFooter(id(notice));
    }
    if (notice instanceof Notice.Held held) {
      return Message.of(Mark.WAITING, words.say("held", what, held.resource()))
          .withText(words.say("held.text", held.owner(), id(notice)))
          .withFooter(id(notice));
    }
    Notice.Progress progress = (Notice.Progress) notice;
    String done = progress.total() > 0 ? " (" + progress.done() + "/" + progress.total() + ")" : "";
    return page(
        notice,
        words,
        Message.of(Mark.RUNNING, words.say("progress", what + done))
            .withCode(progress.text())
            .withFooter(id(notice)));
  }

  /** The same in one line with its page: what the execution's own message says while the whole stands elsewhere. */
  Message summary(Notice notice, Origin origin) {
    Message whole = of(notice, origin);
    Message summary = Message.of(whole.mark(), whole.title()).withFooter(id(notice));
    for (Message.Field field : whole.fields()) {
      summary = notice instanceof Notice.Ended
          ? summary.withField(field.label(), field.value())
          : summary;
    }
    return page(notice, new Wording(texts, origin.language()), summary);
  }

  private Message page(Notice notice, Wording words, Message message) {
    String page = links.execution(notice.envelope().execution());
    return page.isEmpty() ? message : message.withButton(Button.link(words.say("page.open"), page));
  }

  private Message ended(Notice.Ended ended, Wording words, String what) {
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
      Explanations.shipped()
          .in(ended.message(), words.language())
          .ifPresent(explanation -> explain(explanation, words, text));
      line(text, words.say("next.failed", id(ended)));
    } else if (ended.status().equals("Cancelled")) {
      line(text, words.say("next.cancelled"));
    }
    String output = CommandOutput.isIn(ended)
        ? CommandOutput.of(ended, words)
        : OutputTable.of(ended.outputs(), words);
    boolean isCut = output.length() > SlackBlocks.CODE;
    if (isCut && !links.execution(ended.envelope().execution()).isEmpty()) {
      line(text, words.say("cut"));
    }
    return page(
        ended, words, message.withText(text.toString()).withCode(output).withFooter(id(ended)));
  }

  /** What an error code means, what to do, and which permission is missing. */
  private static void explain(Explanation explanation, Wording words, StringBuilder text) {
    line(text, words.say("explain.cause", explanation.cause()));
    line(text, words.say("explain.fix", explanation.fix()));
    if (!explanation.action().isEmpty()) {
      line(text, words.say("explain.action", explanation.action()));
    }
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
      message = message.withField(
          words.field("expires"),
          Wording.time(expiresAt) + ", " + words.say("expiry." + wanted.atExpiry()));
    }
    LiveRights.View now = rights.current();
    Approvals.Reason reason =
        now.configuration().approvals().of(wanted.envelope().template()).reason();
    if (reason != Approvals.Reason.OPTIONAL) {
      message = message.withField(
          words.field("why"),
          words.say("reason." + (reason.isNeeded(true) ? "both" : "rejection")));
    }
    message = message
        .withMentions(now.rights()
            .approvers(
                origin.platform(),
                origin.tenant(),
                wanted.envelope().template(),
                wanted.envelope().startedBy(),
                wanted.approvers()))
        .withButton(new Button(
            "approve",
            words.say("approval.approve"),
            Style.PRIMARY,
            value,
            "",
            "/oos approve " + id + " " + wanted.approvalId(),
            wanted.targetCount() > 0
                ? words.say("approval.confirm.approve", wanted.targetCount())
                : words.say("approval.confirm.untargeted")))
        .withButton(new Button(
            "reject",
            words.say("approval.reject"),
            Style.DANGER,
            value,
            "",
            "/oos reject " + id + " " + wanted.approvalId(),
            words.say("approval.confirm.reject")));
    String page = links.approval(wanted.envelope().execution(), wanted.approvalId());
    if (!page.isEmpty()) {
      message = message.withButton(Button.link(words.say("approval.open"), page));
    }
    return message.withFooter(id);
  }

  /** Who decided what; what stands in the place of the buttons. */
  private Message made(Notice.DecisionMade made, Wording words, String what) {
    Mark mark = switch (made.outcome()) {
      case "approved" -> Mark.SUCCESS;
      case "void" -> Mark.UNSURE;
      default -> Mark.CANCELLED;
    };
    Message message = Message.of(mark, words.say("approval.made." + made.outcome(), what))
        .withText(made.question());
    if (!made.by().isEmpty()) {
      List<String> people = made.outcome().equals("approved") && !made.voters().isEmpty()
          ? made.voters()
          : List.of(made.by());
      message = message.withField(
          words.say("approval.made.by"),
          String.join(", ", people.stream().map(id -> name(id, words)).toList()));
    }
    if (!made.reason().isBlank()) {
      message = message.withField(words.field("why"), made.reason());
    }
    return message.withFooter(id(made));
  }

  private String name(String id, Wording words) {
    Configuration.Person known = rights.current().configuration().people().get(id);
    return words.person(id, known == null || known.ramUser().isEmpty() ? id : known.ramUser());
  }

  /** What was called, when, what to look at, and what each answer does. */
  private Message unknown(Notice.OutcomeWanted unknown, Wording words) {
    String id = id(unknown);
    String look = unknown.query().isEmpty() ? words.say("outcome.look") : unknown.query();
    Message message = Message.of(Mark.UNSURE, words.say("outcome.wanted", unknown.call()))
        .withText(words.say("outcome.text", unknown.call()))
        .withField(words.field("task"), unknown.task())
        .withField(words.field("sent"), Wording.time(unknown.sentAt()))
        .withField(words.field("look"), look)
        .withField(
            words.say("outcome.retry"),
            words.say("outcome.retry.text", Wording.time(unknown.retryAfter())))
        .withField(words.say("outcome.skip"), words.say("outcome.skip.text"))
        .withField(words.say("outcome.stop"), words.say("outcome.stop.text"));
    for (String answer : List.of("retry", "skip", "stop")) {
      message = message.withButton(new Button(
          answer,
          words.say("outcome." + answer),
          answer.equals("stop") ? Style.DANGER : Style.PLAIN,
          new ApprovalRef(id, unknown.questionId()).toString(),
          "",
          "/oos " + answer + " " + id + " " + unknown.questionId(),
          words.say("outcome.confirm." + answer, unknown.call())));
    }
    String page = links.question(unknown.envelope().execution(), unknown.questionId());
    if (!page.isEmpty()) {
      message = message.withButton(Button.link(words.say("approval.open"), page));
    }
    return message.withFooter(id);
  }

  /** Who answered what; what stands in the place of the buttons. */
  private Message answered(Notice.OutcomeMade made, Wording words) {
    String text = made.answer().isEmpty()
        ? words.say("outcome.made.withdrawn", made.call())
        : words.say("outcome.done." + made.answer(), made.call(), name(made.by(), words));
    Mark mark = made.answer().isEmpty() ? Mark.CANCELLED : Mark.ACCEPTED;
    return Message.of(mark, text).withField(words.field("task"), made.task()).withFooter(id(made));
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
