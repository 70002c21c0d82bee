package chatops.execution;

import chatops.chat.handover.HandOver;
import chatops.chat.render.Message;
import chatops.chat.render.Message.Mark;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.Verdict;
import chatops.engine.Engine;
import chatops.engine.execution.Contact;
import chatops.engine.execution.Question;
import chatops.engine.id.ExecutionId;
import chatops.engine.share.Freeze;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.LogRow;
import chatops.engine.view.ExecutionView;
import chatops.engine.view.TaskView;
import chatops.execution.notify.Letter;
import chatops.execution.notify.Wording;
import chatops.execution.page.LogTail;
import chatops.execution.right.ExecutionRights;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /oos list}, {@code show} and {@code logs}: answered to the person alone. */
final class Looking {
  private static final int LISTED = 10;
  private static final int SCANNED = 200;
  private static final int LOG_SHOWN = 30;
  private static final int TASKS_SHOWN = 40;

  private final ExecutionRights acting;
  private final Engine engine;
  private final Answers answers;
  private final InstantSource clock;
  private final LogTail logs;

  Looking(LiveRights rights, Engine engine, Answers answers, InstantSource clock) {
    this.acting = new ExecutionRights(rights);
    this.engine = engine;
    this.answers = answers;
    this.clock = clock;
    this.logs = new LogTail(engine);
  }

  void list(HandOver.Run run, Answers.To to) {
    Wording words = answers.words(run.language());
    List<ExecutionView> views =
        engine.list(new ExecutionQuery(null, null, null, null, SCANNED)).stream()
            .filter(view -> maySee(run, view).isAllowed())
            .limit(LISTED)
            .toList();
    StringBuilder text = new StringBuilder();
    for (Freeze freeze : engine.freezes()) {
      text.append(text.length() == 0 ? "" : "\n");
      text.append(words.say(
          "freeze.listed",
          freeze.pattern(),
          Wording.time(freeze.at()),
          freeze.by(),
          freeze.reason()));
    }
    if (views.isEmpty()) {
      text.append(text.length() == 0 ? "" : "\n").append(words.say("list.empty"));
    }
    List<String> lines = new ArrayList<>();
    for (ExecutionView view : views) {
      lines.add(view.id() + "  " + view.status() + "  " + view.template().name() + "  "
          + Wording.time(view.createdAt()));
    }
    Message message = Message.of(Mark.NOTE, words.say("list"))
        .withText(text.toString())
        .withCode(String.join("\n", lines));
    answers.send(to, Letter.toPerson(message));
  }

  void show(HandOver.Run run, Answers.To to) {
    seen(run, to)
        .map(view -> shown(view, answers.words(run.language())))
        .ifPresent(message -> answers.send(to, Letter.toPerson(message)));
  }

  private Message shown(ExecutionView view, Wording words) {
    Instant endedAt = view.endedAt();
    Duration duration =
        Duration.between(view.createdAt(), endedAt == null ? clock.instant() : endedAt);
    String status = view.waitingStatus().isEmpty()
        ? view.status()
        : view.status() + " (" + view.waitingStatus() + ")";
    Message message = Message.of(mark(view.status()), view.template().name() + ": " + view.status())
        .withField(words.field("status"), status)
        .withField(words.field("started"), Wording.time(view.createdAt()))
        .withField(words.field("duration"), Wording.duration(duration))
        .withField(words.field("by"), view.startedBy())
        .withField(words.field("region"), view.regionId());
    if (!view.currentTask().isEmpty()) {
      message = message.withField(words.field("task"), view.currentTask());
    }
    List<String> lines = new ArrayList<>();
    List<TaskView> tasks = engine.tasks(new ExecutionId(view.id()));
    for (TaskView task : tasks) {
      if (lines.size() < TASKS_SHOWN) {
        lines.add(task.path() + "  " + task.status() + "  " + task.name()
            + (task.message().isEmpty() ? "" : "  " + task.message()));
      }
    }
    if (tasks.size() > TASKS_SHOWN) {
      lines.add(words.say("more", tasks.size() - TASKS_SHOWN));
    }
    StringBuilder text = new StringBuilder(view.statusMessage());
    for (Question question : view.questions()) {
      if (question.answer() == null && view.endedAt() == null) {
        text.append(text.length() == 0 ? "" : "\n");
        text.append(words.say(
            "outcome.open", question.id() + "  " + question.call() + "  " + question.task()));
      }
    }
    for (Contact.Missed missed : view.undelivered()) {
      text.append(text.length() == 0 ? "" : "\n");
      text.append(words.say(
          "undelivered",
          words.say("undelivered." + missed.kind().name().toLowerCase(Locale.ROOT)),
          Wording.time(missed.at()),
          missed.detail()));
    }
    return message
        .withText(text.toString())
        .withCode(String.join("\n", lines))
        .withFooter(view.id());
  }

  void logs(HandOver.Run run, Answers.To to) {
    Optional<ExecutionView> view = seen(run, to);
    if (view.isEmpty()) {
      return;
    }
    ExecutionId id = new ExecutionId(view.get().id());
    Wording words = answers.words(run.language());
    List<LogRow> rows = logs.of(id);
    List<String> lines = new ArrayList<>();
    for (LogRow row : rows.subList(Math.max(0, rows.size() - LOG_SHOWN), rows.size())) {
      lines.add(Wording.time(row.at()).substring(11, 19) + " " + row.task() + " " + row.message());
    }
    Message message = Message.of(Mark.NOTE, words.say("logs", id))
        .withText(lines.isEmpty() ? words.say("logs.empty") : "")
        .withCode(String.join("\n", lines));
    answers.send(to, Letter.toPerson(message));
  }

  /** The execution that a command names; where it names none, or one that this person may not see, that is answered. */
  private Optional<ExecutionView> seen(HandOver.Run run, Answers.To to) {
    Optional<ExecutionId> id = parse(run);
    if (id.isEmpty()) {
      answers.note(
          to, Mark.REFUSED, "show.malformed", String.join(" ", run.command().arguments()));
      return Optional.empty();
    }
    Optional<ExecutionView> view = engine.find(id.get());
    if (view.isEmpty()) {
      answers.note(to, Mark.UNSURE, "show.missing", id.get());
      return Optional.empty();
    }
    if (maySee(run, view.get()) instanceof Verdict.Denied denied) {
      answers.denied(to, run.command().name(), denied);
      return Optional.empty();
    }
    return view;
  }

  private Verdict maySee(HandOver.Run run, ExecutionView view) {
    return acting.verdict(run.principal(), run.place(), run.command().name(), view);
  }

  /** The execution a command names, where it names one. */
  static Optional<ExecutionId> parse(HandOver.Run run) {
    if (run.command().arguments().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ExecutionId(run.command().arguments().get(0)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Mark mark(String status) {
    return switch (status) {
      case "Success" -> Mark.SUCCESS;
      case "Failed" -> Mark.FAILED;
      case "Cancelled" -> Mark.CANCELLED;
      case "Waiting" -> Mark.WAITING;
      default -> Mark.RUNNING;
    };
  }
}
