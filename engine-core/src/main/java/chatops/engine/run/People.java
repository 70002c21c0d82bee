package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.action.Outcome;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Cancellation;
import chatops.engine.execution.Event;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Person;
import chatops.engine.execution.Question;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.execution.Untold;
import chatops.engine.execution.Vote;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.id.TaskPath;
import chatops.engine.policy.Policy;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks people, and reads what they decided. */
final class People {
  private static final int MOST_NAMED = 50;

  private final Means means;
  private final Ledger ledger;
  private final Journal journal;

  People(Means means, Ledger ledger, Journal journal) {
    this.means = means;
    this.ledger = ledger;
    this.journal = journal;
  }

  /** What was void is asked anew, under another id: a button of the old question decides nothing. */
  String approvalId(TaskExecution run) {
    String id = approvalId(run, 0);
    for (int times = 1; isVoid(id); times++) {
      id = approvalId(run, times);
    }
    return id;
  }

  private String approvalId(TaskExecution run, int times) {
    String kind = kind("approval", run) + (times == 0 ? "" : " void " + times);
    return "ap" + Digest.id(ledger.execution().id().value(), run.path().value(), kind);
  }

  private boolean isVoid(String id) {
    Approval approval = ledger.execution().approvals().get(id);
    return approval != null && approval.outcome() == Approval.Outcome.VOID;
  }

  /**
   * Voids the approval a task waits for, or has just been given, when the template, the parameters or the targets are not those
   * it was asked for. @return whether the task must ask anew
   */
  boolean isStale(TaskExecution run, Turn turn) {
    Approval approval = ledger.execution().approvals().get(approvalId(run));
    boolean mayGoOn = approval != null && (approval.isOpen() || approval.isGranted());
    if (approval == null
        || !mayGoOn
        || !approval.kind().equals(WaitingStatus.APPROVAL)
        || approval.digest().equals(digest(run))) {
      return false;
    }
    ledger.apply(new Event.Voided(approval.id(), turn.now()));
    ledger.fact();
    journal.warn(
        run.path(),
        "task=" + run.name() + " approval=" + approval.id() + " void: the plan changed");
    return true;
  }

  /** A task that began anew asks anew. */
  private static String kind(String kind, TaskExecution run) {
    return run.attempt() == 0 ? kind : kind + " " + run.attempt();
  }

  /** Loop items are left out of the path: they share it. */
  String confirmationId(TaskExecution run, String call) {
    String place = run.path().value().replaceAll("\\.\\d+", "");
    return "ap" + Digest.id(ledger.execution().id().value(), place, kind("risk", run), call);
  }

  String batchId(TaskExecution loop, int batch) {
    return "ap"
        + Digest.id(
            ledger.execution().id().value(),
            loop.path().value(),
            kind("batch", loop),
            String.valueOf(batch));
  }

  /** Asks, once, and lets the task wait. */
  void ask(TaskExecution run, Outcome.Ask ask, Turn turn) {
    open(approvalId(run), run, ask.kind(), ask.question(), ask.approvers(), ask.needed(), turn);
    ledger.put(run.remembering(ask.state()).waiting(ask.kind(), ask.retryAt()));
    approval(run, turn);
    turn.people(ask.kind());
    if (ask.retryAt() != null) {
      turn.wake(ask.retryAt());
    }
  }

  void open(
      String id,
      TaskExecution run,
      String kind,
      String question,
      List<String> approvers,
      int needed,
      Turn turn) {
    Execution e = ledger.execution();
    if (e.approvals().containsKey(id)) {
      return;
    }
    Policy policy = means.settings().policies().of(e.request().template().name());
    boolean isApproval = kind.equals(WaitingStatus.APPROVAL);
    Policy.Asking asking = policy.asking();
    boolean requesterMay = asking.requesterMayApprove() == null
        ? means.settings().requesterMayApprove()
        : asking.requesterMayApprove();
    Person excluded = isApproval && !requesterMay ? e.request().startedBy() : null;
    int people = isApproval ? Math.max(needed, asking.needed()) : needed;
    if (!approvers.isEmpty()
        && people > approvers.size()
        && approvers.stream().noneMatch(name -> name.startsWith("group:"))) {
      throw new EngineException("chatops.yaml wants " + people
          + " different people to approve, but the template names only " + approvers);
    }
    List<String> targets = targets(run.path().frame());
    Duration life = isApproval ? policy.approvalLife() : null;
    Instant expiresAt = life == null ? null : turn.now().plus(life);
    ledger.apply(new Event.Asked(new Approval(
        id,
        run.path(),
        run.name(),
        kind,
        question,
        approvers,
        people,
        excluded,
        named(run.path().frame(), targets.subList(0, Math.min(MOST_NAMED, targets.size()))),
        targets.size(),
        digest(run),
        turn.now(),
        expiresAt,
        List.of(),
        Approval.Outcome.OPEN,
        null,
        policy.atExpiry(),
        remindAt(expiresAt, asking.reminder(), turn.now()))));
    tell(Untold.Kind.DECISION_WANTED, id, turn);
    ledger.fact();
    journal.info(run.path(), "task=" + run.name() + " status=Waiting approval=" + id);
  }

  /** Not at all where it would come with the question itself. */
  private static @Nullable Instant remindAt(
      @Nullable Instant expiresAt, @Nullable Duration before, Instant now) {
    Instant at = expiresAt == null || before == null ? null : expiresAt.minus(before);
    return at == null || !at.isAfter(now) ? null : at;
  }

  /** What would be done: the template, the parameters around the task and those of the whole, and the targets. */
  private String digest(TaskExecution run) {
    Execution e = ledger.execution();
    String template = e.request().template().hash();
    String parameters = e.root().parameters().toString();
    String targets = String.join("\n", targets(run.path().frame()));
    TaskPath at = ledger.home(run.path().frame());
    return at.isRoot()
        ? Digest.of(template, parameters, targets)
        : Digest.of(template, parameters, targets, ledger.frame(at).parameters().toString());
  }

  private void tell(Untold.Kind kind, String subject, Turn turn) {
    String id = Digest.id(ledger.execution().id().value(), kind.name(), subject);
    ledger.apply(new Event.ToTell(new Untold(id, kind, subject, 0, turn.now())));
  }

  /** The question a task waits for. */
  Approval approval(TaskExecution run, Turn turn) {
    return approval(approvalId(run), turn);
  }

  Approval approval(String id, Turn turn) {
    Approval approval = ledger.execution().approvals().get(id);
    if (approval == null) {
      throw new IllegalStateException("approval " + id + " was never asked");
    }
    if (approval.isOpen() && approval.expiresAt() != null) {
      if (turn.now().isBefore(approval.expiresAt())) {
        turn.wake(approval.expiresAt());
        remind(approval, turn);
      } else {
        // a vote that came first may be on its way to the row: nothing follows before this stands
        // there
        ledger.apply(new Event.Closed(id, Approval.Outcome.EXPIRED, turn.now()));
        ledger.commit();
        return approval(id, turn);
      }
    }
    if (approval.outcome() == Approval.Outcome.EXPIRED
        && approval.atExpiry() == Approval.AtExpiry.CANCEL) {
      String why = "nobody decided on " + approval.task() + " until " + approval.expiresAt();
      ledger.apply(
          new Event.CancelRequested(new Cancellation(Cancellation.NOBODY, why, turn.now())));
    }
    return approval;
  }

  private void remind(Approval approval, Turn turn) {
    Instant at = approval.remindAt();
    if (at != null && turn.now().isBefore(at)) {
      turn.wake(at);
    } else if (at != null) {
      ledger.apply(new Event.Reminded(approval.id(), turn.now()));
      ledger.fact();
    }
  }

  static String refusal(Approval approval) {
    Vote by = approval.decidedBy();
    if (by == null) {
      return approval.outcome() == Approval.Outcome.EXPIRED
          ? "nobody decided until " + approval.expiresAt()
          : "nobody decided: " + approval.outcome();
    }
    String reason = by.reason().isBlank() ? "" : ": " + by.reason();
    return "rejected by " + by.voter().name() + reason;
  }

  /** Puts a call whose outcome is unknown before people. */
  void question(TaskExecution run, String id, String call, String query, Turn turn) {
    var settings = means.settings();
    ledger.apply(new Event.Questioned(new Question(
        id,
        run.path(),
        run.name(),
        call,
        query,
        turn.now(),
        turn.now().plus(settings.callTimeout()).plus(settings.skew()),
        null,
        null)));
    tell(Untold.Kind.OUTCOME_WANTED, id, turn);
    ledger.fact();
    journal.warn(run.path(), "task=" + run.name() + " call=" + call + " outcome unknown");
  }

  @Nullable
  Question asked(String id) {
    return ledger.execution().questions().get(id);
  }

  /** Ids of what the frame has selected to act on, as far as it is known: the newest selection's first list. */
  private List<String> targets(TaskPath at) {
    TaskExecution selection = selection(at);
    if (selection != null) {
      for (JsonNode output : selection.outputs()) {
        if (output.isArray()) {
          List<String> targets = new ArrayList<>();
          output.forEach(target -> targets.add(target.asText()));
          return targets;
        }
      }
    }
    return List.of();
  }

  /** With the names that the selection found beside the ids. */
  private List<String> named(TaskPath at, List<String> ids) {
    TaskExecution selection = selection(at);
    JsonNode result = selection == null ? null : selection.result();
    if (result == null) {
      return ids;
    }
    Map<String, String> names = new HashMap<>();
    for (JsonNode resource : result.at("/Instances/Instance")) {
      names.put(
          resource.path("InstanceId").asText(), resource.path("InstanceName").asText(""));
    }
    return ids.stream()
        .map(id -> names.getOrDefault(id, "").isEmpty() ? id : names.get(id) + " (" + id + ")")
        .toList();
  }

  private @Nullable TaskExecution selection(TaskPath at) {
    for (int number = ledger.frame(at).started(); number > 0; number--) {
      TaskExecution run = ledger.task(at.task(number));
      if (run != null
          && run.status() == TaskStatus.SUCCESS
          && run.action().equalsIgnoreCase("ACS::SelectTargets")) {
        return run;
      }
    }
    return null;
  }
}
