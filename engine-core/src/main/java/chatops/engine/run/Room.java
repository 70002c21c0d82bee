package chatops.engine.run;

import chatops.engine.execution.Approval;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Question;
import chatops.engine.execution.RoomEvent;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.id.TaskPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps an execution's row small: of approvals and questions that are settled, and that no task depends on any more, it keeps
 * the latest; and it lets no more questions be open than people can read.
 */
final class Room {
  /** Settled ones that stay, for whoever looks at the execution. */
  private static final int KEPT = 20;

  /** So many questions are open at most; more calls of unknown outcome wait until some are answered. */
  private static final int MOST_QUESTIONS = 50;

  private final Ledger ledger;

  Room(Ledger ledger) {
    this.ledger = ledger;
  }

  boolean hasRoomForQuestion() {
    return ledger.execution().questions().values().stream()
            .filter(question -> question.answer() == null)
            .count()
        < MOST_QUESTIONS;
  }

  /** Makes room, when there is little. */
  void tidy() {
    Execution e = ledger.execution();
    if (e.approvals().size() + e.questions().size() <= 2 * KEPT) {
      return;
    }
    List<String> settled = new ArrayList<>();
    Set<String> waitedFor = new HashSet<>();
    for (TaskExecution task : ledger.all()) {
      if (task.call() != null) {
        waitedFor.add(task.call().question());
      }
    }
    for (Question question : e.questions().values()) {
      if (question.answer() != null && !waitedFor.contains(question.id())) {
        settled.add(question.id());
      }
    }
    for (Approval approval : e.approvals().values()) {
      if (!approval.isOpen() && isOver(approval)) {
        settled.add(approval.id());
      }
    }
    if (settled.size() > KEPT) {
      ledger.apply(new RoomEvent.Forgotten(Set.copyOf(settled.subList(0, settled.size() - KEPT))));
    }
  }

  /** Whether no task looks at it again: confirmations and pauses are shared by all inside the outermost task around them. */
  private boolean isOver(Approval approval) {
    TaskExecution asking = ledger.task(approval.path());
    if (approval.kind().equals(WaitingStatus.APPROVAL)) {
      return asking != null && asking.status().isFinal();
    }
    TaskPath outermost = approval.path();
    while (!outermost.frame().isRoot()) {
      outermost = outermost.frame();
    }
    TaskExecution task = ledger.task(outermost.isItem() ? outermost.loop() : outermost);
    return task != null && task.status().isFinal();
  }
}
