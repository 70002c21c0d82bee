package chatops.engine.run;

import chatops.engine.execution.Event;
import chatops.engine.execution.Execution;
import chatops.engine.execution.RoomEvent;
import chatops.engine.execution.Status;
import chatops.engine.execution.Untold;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends an execution: writes how, gives back what it holds, and tells people. */
final class Closing {
  private final Executions executions;
  private final Ledger ledger;
  private final Journal journal;
  private final Herald herald;
  private final Admission admission;
  private final String owner;

  Closing(
      Executions executions,
      Ledger ledger,
      Journal journal,
      Herald herald,
      Admission admission,
      String owner) {
    this.executions = executions;
    this.ledger = ledger;
    this.journal = journal;
    this.herald = herald;
    this.admission = admission;
    this.owner = owner;
  }

  Advanced finish(FrameEnd end, Instant now) {
    ExecutionId id = ledger.execution().id();
    Status status = switch (end.status()) {
      case SUCCESS -> Status.SUCCESS;
      case CANCELLED -> Status.CANCELLED;
      case FAILED, RUNNING, WAITING, SKIPPED, REPLACED -> Status.FAILED;
    };
    ledger.apply(new Event.Ended(status, end.message(), end.outputs(), now));
    notices(ledger.execution(), now).forEach(ledger::apply);
    journal.info(
        TaskPath.ROOT,
        ("execution=" + id + " status=" + status.text() + " " + end.message()).strip());
    ledger.commit();
    admission.leave(ledger.execution(), ledger.all());
    herald.tell(ledger.execution(), () -> LastLoop.items(ledger.all()), now).forEach(ledger::apply);
    if (ledger.isChanged()) {
      ledger.commit();
    }
    return new Advanced(Advanced.State.ENDED, status.text(), ledger.execution().wakeAt());
  }

  /**
   * What has happened cannot be written, now or later, because a row would be too large: the execution fails as it is stored,
   * and the next sweep tells people why.
   */
  Advanced overflow(String message, Instant now) {
    ExecutionId id = ledger.execution().id();
    journal.error(TaskPath.ROOT, "execution=" + id + " status=Failed " + message);
    Event failed = new RoomEvent.Overflowed(message, now);
    Optional<Executions.Change> change = executions.revise(
        id,
        e -> e.isHeldByOther(owner, now) ? e : told(e.apply(failed), now),
        // calls that have left since the last write that fitted
        ledger.notes());
    if (change.isEmpty() || !change.get().after().status().isFinal()) {
      return new Advanced(Advanced.State.BUSY, ledger.execution().status().text(), null);
    }
    Execution ended = change.get().after();
    admission.leave(ended, ledger.all());
    return new Advanced(Advanced.State.ENDED, ended.status().text(), ended.wakeAt());
  }

  private static Execution told(Execution ended, Instant now) {
    Execution told = ended;
    for (Event notice : notices(ended, now)) {
      told = told.apply(notice);
    }
    return told;
  }

  /** Who must hear that it has ended. */
  private static List<Event> notices(Execution e, Instant now) {
    String id = e.id().value();
    String told = e.lives() == 0 ? "ENDED" : "ENDED " + e.lives();
    List<Event> notices = new ArrayList<>();
    notices.add(new Event.ToTell(new Untold(Digest.id(id, told), Untold.Kind.ENDED, "", 0, now)));
    if (e.request().parent() != null) {
      notices.add(
          new Event.ToTell(new Untold(Digest.id(id, "PARENT"), Untold.Kind.PARENT, "", 0, now)));
    }
    return notices;
  }
}
