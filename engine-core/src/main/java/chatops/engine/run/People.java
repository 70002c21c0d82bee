package chatops.engine.run;

import chatops.engine.action.Outcome;
import chatops.engine.execution.Approval;
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
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
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

  String approvalId(TaskExecution run) {
    return "ap" + Digest.id(ledger.execution().id().value(), run.path().value(), "approval");
  }

  String batchId(TaskExecution loop, int batch) {
    return "ap"
        + Digest.id(
            ledger.execution().id().value(), loop.path().value(), "batch", String.valueOf(batch));
  }

  /** Asks, once, and lets the task wait. */
  void ask(TaskExecution run, Outcome.Ask ask, Turn turn) {
    open(approvalId(run), run, ask.kind(), ask.question(), ask.approvers(), ask.needed(), turn);
    ledger.put(run.remembering(ask.state()).waiting(ask.kind(), ask.retryAt()));
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
    boolean isApproval = kind.equals(WaitingStatus.APPROVAL);
    Person excluded =
        isApproval && !means.settings().requesterMayApprove() ? e.request().startedBy() : null;
    List<String> targets = targets(run.path().frame());
    String digest = Digest.of(
        e.request().template().hash(),
        e.request().parameters().toString(),
        String.join("\n", targets));
    ledger.apply(new Event.Asked(new Approval(
        id,
        run.path(),
        run.name(),
        kind,
        question,
        approvers,
        needed,
        excluded,
        targets.subList(0, Math.min(MOST_NAMED, targets.size())),
        targets.size(),
        digest,
        turn.now(),
        null,
        List.of(),
        Approval.Outcome.OPEN,
        null)));
    tell(Untold.Kind.DECISION_WANTED, id, turn);
    ledger.fact();
    journal.info(run.path(), "task=" + run.name() + " status=Waiting approval=" + id);
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
      } else {
        ledger.apply(new Event.Closed(id, Approval.Outcome.EXPIRED, turn.now()));
        return approval(id, turn);
      }
    }
    return approval;
  }

  static String refusal(Approval approval) {
    Vote by = approval.decidedBy();
    if (by == null) {
      return "nobody decided: " + approval.outcome();
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

  /** What the frame has selected to act on, as far as it is known: the newest selection's first list. */
  private List<String> targets(TaskPath at) {
    for (int number = ledger.frame(at).started(); number > 0; number--) {
      TaskExecution run = ledger.task(at.task(number));
      if (run != null
          && run.status() == TaskStatus.SUCCESS
          && run.action().equalsIgnoreCase("ACS::SelectTargets")) {
        for (JsonNode output : run.outputs()) {
          if (output.isArray()) {
            List<String> targets = new ArrayList<>();
            output.forEach(target -> targets.add(target.asText()));
            return targets;
          }
        }
      }
    }
    return List.of();
  }
}
