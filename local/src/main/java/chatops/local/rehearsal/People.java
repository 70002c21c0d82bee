package chatops.local.rehearsal;

import chatops.engine.Engine;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Person;
import chatops.engine.execution.Question;
import chatops.engine.id.ExecutionId;
import chatops.engine.view.ExecutionView;
import java.util.List;
import java.util.stream.IntStream;

/** Who decides in a rehearsal. Asked whenever the engine stands still. */
public interface People {
  /** Who starts executions. */
  Person STARTER = Person.of("rehearsal:starter", "starter");

  /**
   * Decides what is open.
   *
   * @return whether anything was decided, so that the execution may go on
   */
  boolean decide(Engine engine, ExecutionId id, ExecutionView view);

  /** Approves everything with as many people as are needed, and answers that an unknown call did happen. */
  static People willing() {
    return (engine, id, view) -> {
      boolean decided = false;
      for (Approval approval : view.approvals()) {
        if (approval.isOpen()) {
          vote(engine, id, approval, Decision.APPROVE);
          decided = true;
        }
      }
      for (Question question : view.questions()) {
        if (question.answer() == null) {
          engine.decideOutcome(id, question.id(), Question.Answer.SKIP, voter(0));
          decided = true;
        }
      }
      return decided;
    };
  }

  /** One rejection, or all approvals that are needed. */
  static void vote(Engine engine, ExecutionId id, Approval approval, Decision decision) {
    List<Person> voters = approval.approvers().isEmpty()
        ? IntStream.range(0, approval.needed()).mapToObj(People::voter).toList()
        : approval.approvers().stream()
            .map(name -> Person.of("rehearsal:" + name, name))
            .toList();
    for (Person voter : voters) {
      engine.vote(id, approval.id(), decision, voter, "", approval.id() + voter.id());
    }
  }

  private static Person voter(int number) {
    return Person.of("rehearsal:approver-" + number, "approver-" + number);
  }
}
