package chatops.execution.page;

import chatops.chat.Place;
import chatops.chat.handover.HandOver;
import chatops.chat.rights.LiveRights;
import chatops.chat.rights.Rights;
import chatops.chat.rights.RunRequest;
import chatops.chat.rights.Verdict;
import chatops.chat.text.Texts;
import chatops.chat.view.ApprovalLine;
import chatops.chat.view.QuestionLine;
import chatops.chat.view.TimelineView;
import chatops.engine.Engine;
import chatops.engine.NewerFormatException;
import chatops.engine.audit.Chain;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Pause;
import chatops.engine.execution.Question;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.LogRow;
import chatops.engine.view.ExecutionDetail;
import chatops.engine.view.ExecutionView;
import chatops.execution.notify.Origin;
import chatops.execution.notify.Wording;
import chatops.execution.right.ApprovalRights;
import chatops.execution.right.ExecutionRights;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One execution as its page shows it, to whoever may use {@code oos show} on it. Thread-safe. */
public final class Timelines {
  private static final int LOG_SHOWN = 200;
  private static final int RECORDS_SHOWN = 100;
  private static final String UNDELIVERED = "result undelivered: ";

  private final LiveRights rights;
  private final Engine engine;
  private final Texts texts;
  private final InstantSource clock;
  private final ApprovalRights approvals;
  private final ExecutionRights acting;
  private final LogTail logs;

  public Timelines(LiveRights rights, Engine engine, Texts texts, InstantSource clock) {
    this.rights = rights;
    this.engine = engine;
    this.texts = texts;
    this.clock = clock;
    this.approvals = new ApprovalRights(rights, clock);
    this.acting = new ExecutionRights(rights);
    this.logs = new LogTail(engine);
  }

  /** @param ask with the edition that the page has as its id; empty when it has none */
  public TimelineView of(HandOver.Ask ask) {
    ExecutionId id;
    try {
      id = new ExecutionId(ask.executionId());
    } catch (IllegalArgumentException malformed) {
      return TimelineView.without("unknown", "", ask.executionId(), "");
    }
    Wording words = new Wording(texts, ask.language());
    Optional<ExecutionView> found;
    try {
      found = engine.find(id);
    } catch (NewerFormatException newer) {
      String why = words.say("newer", String.valueOf(newer.getMessage()));
      return TimelineView.without("denied", why, id.value(), "");
    }
    Verdict verdict = found
        .map(view -> acting.verdict(ask.principal(), ask.place(), "oos show", view))
        .orElseGet(() -> rights
            .current()
            .rights()
            .decide(ask.principal(), ask.place(), "oos show", RunRequest.NOTHING));
    if (verdict instanceof Verdict.Denied denied) {
      return TimelineView.without("denied", Refusal.text(words, denied), id.value(), "");
    }
    if (found.isEmpty()) {
      return TimelineView.without("unknown", "", id.value(), "");
    }
    List<LogRow> lines = logs.of(id);
    String edition = edition(found.get(), lines);
    return ask.id().equals(edition)
        ? TimelineView.without("same", "", id.value(), edition)
        : engine
            .detail(id)
            .map(detail -> seen(ask, detail, lines, edition, words))
            .orElse(TimelineView.without("unknown", "", id.value(), ""));
  }

  private static String edition(ExecutionView view, List<LogRow> lines) {
    long last = lines.isEmpty() ? 0 : lines.get(lines.size() - 1).sequence();
    return view.version() + "-" + Long.toString(last, 36);
  }

  private boolean may(HandOver.Ask ask, String command, ExecutionView view) {
    return acting.verdict(ask.principal(), ask.place(), command, view).isAllowed();
  }

  private TimelineView seen(
      HandOver.Ask ask, ExecutionDetail detail, List<LogRow> lines, String edition, Wording words) {
    ExecutionView view = detail.execution();
    Origin origin = Origin.of(view.origin());
    TaskLines.Shown tasks = TaskLines.of(detail);
    List<String> allowed = allowed(ask, detail);
    boolean seesLogs = allowed.contains("logs");
    Pause pause = view.pause();
    return new TimelineView(
        "seen",
        "",
        edition,
        view.id(),
        view.status(),
        view.waitingStatus(),
        view.statusMessage(),
        view.template().name(),
        view.template().version(),
        words.what(origin.what(), ""),
        view.regionId(),
        view.ramRole(),
        view.mode(),
        requester(view, origin),
        place(origin),
        view.parent() == null ? "" : view.parent(),
        view.createdAt().toString(),
        Values.time(view.endedAt()),
        clock.instant().toString(),
        pause == null
            ? new TimelineView.Pause("", "", "")
            : new TimelineView.Pause(
                words.person(pause.by().id(), pause.by().name()),
                pause.reason(),
                pause.at().toString()),
        tasks.lines(),
        tasks.hidden(),
        view.approvals().stream().map(a -> approval(ask, view, a, words)).toList(),
        view.questions().stream().map(q -> question(ask, view, q, words)).toList(),
        Values.texts(view.parameters()),
        Values.texts(view.outputs()),
        new TimelineView.Cost(
            view.counters().commits(),
            view.counters().rows(),
            view.counters().calls(),
            view.counters().wakeUps() + 1),
        seesLogs ? log(lines) : List.of(),
        seesLogs && lines.size() > LOG_SHOWN,
        undelivered(lines),
        seesLogs
            ? trail(engine.audit(new ExecutionId(view.id())))
            : new TimelineView.Trail(0, "", 0, "", List.of()),
        allowed);
  }

  static String requester(ExecutionView view, Origin origin) {
    return origin.name().isEmpty()
        ? view.startedBy()
        : origin.name() + " (" + view.startedBy() + ")";
  }

  private static String place(Origin origin) {
    return origin.channel().isEmpty()
        ? ""
        : Rights.id(new Place(origin.platform(), origin.tenant(), origin.channel()));
  }

  /** What the reader may do now: what makes sense, and what rights allow. */
  private List<String> allowed(HandOver.Ask ask, ExecutionDetail detail) {
    ExecutionView view = detail.execution();
    boolean isOver = view.endedAt() != null;
    List<String> sensible = new ArrayList<>(List.of("logs"));
    if (!isOver && !detail.isCancelWanted()) {
      sensible.add("cancel");
      sensible.add(view.pause() == null ? "pause" : "resume");
    }
    if (!detail.stoppedAt().isEmpty()) {
      sensible.add("retry");
      sensible.add("skip");
    }
    return sensible.stream().filter(verb -> may(ask, "oos " + verb, view)).toList();
  }

  private ApprovalLine approval(
      HandOver.Ask ask, ExecutionView view, Approval approval, Wording words) {
    String whyNot = approvals.whyNot(view, approval, ask.principal());
    return new ApprovalLine(
        approval.id(),
        approval.task(),
        approval.question(),
        approval.outcome().name().toLowerCase(Locale.ROOT),
        approval.needed(),
        approval.votes().stream()
            .map(vote -> new ApprovalLine.Vote(
                words.person(vote.voter().id(), vote.voter().name()),
                vote.decision().name().toLowerCase(Locale.ROOT),
                vote.reason(),
                vote.at().toString()))
            .toList(),
        approval.targetCount(),
        approval.targets(),
        approval.openedAt().toString(),
        Values.time(approval.closedAt()),
        Values.time(approval.expiresAt()),
        whyNot.isEmpty(),
        whyNot,
        approvals.reasonFor(view.template().name()));
  }

  private QuestionLine question(
      HandOver.Ask ask, ExecutionView view, Question question, Wording words) {
    Question.Answer answer = question.answer();
    boolean isOpen = answer == null && view.endedAt() == null;
    return new QuestionLine(
        question.id(),
        question.task(),
        question.call(),
        question.query(),
        question.sentAt().toString(),
        question.retryAfter().toString(),
        answer == null ? "" : answer.name().toLowerCase(Locale.ROOT),
        question.answeredBy() == null
            ? ""
            : words.person(question.answeredBy().id(), question.answeredBy().name()),
        isOpen && may(ask, "oos retry", view));
  }

  private static List<TimelineView.LogLine> log(List<LogRow> lines) {
    return lines.subList(Math.max(0, lines.size() - LOG_SHOWN), lines.size()).stream()
        .map(line -> new TimelineView.LogLine(
            line.at().toString(),
            line.level().name(),
            line.task().value(),
            Values.cut(line.message(), Values.LONGEST)))
        .toList();
  }

  private static List<String> undelivered(List<LogRow> lines) {
    return lines.stream()
        .map(LogRow::message)
        .filter(message -> message.startsWith(UNDELIVERED))
        .map(message -> message.substring(UNDELIVERED.length()))
        .toList();
  }

  private static TimelineView.Trail trail(Chain chain) {
    List<Chain.Link> links = chain.links();
    Chain.Broken broken = chain.broken();
    return new TimelineView.Trail(
        links.size(),
        links.isEmpty() ? "" : links.get(links.size() - 1).hash(),
        broken == null ? 0 : (int) broken.record(),
        broken == null ? "" : broken.why(),
        links.subList(Math.max(0, links.size() - RECORDS_SHOWN), links.size()).stream()
            .map(AuditEntries::of)
            .toList());
  }
}
