package chatops.local.crash;

import chatops.engine.VoteResult;
import chatops.engine.effect.EffectClass;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Call;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Person;
import chatops.engine.execution.Question;
import chatops.engine.execution.TaskExecution;
import chatops.engine.id.TaskPath;
import chatops.engine.run.Executions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The people of a round: they approve whatever is asked, and about an unknown outcome they say what happened. Somebody
 * who got no answer presses again.
 */
final class Crowd {
  private static final Duration TURN = Duration.ofMinutes(5);
  private static final int MOST_PRESSES = 20;

  private final Executions executions;
  private final WitnessedCloud cloud;
  private final Stage stage;
  private final Consumer<Consumer<Host>> visit;
  private final Map<String, Integer> presses = new HashMap<>();
  private final Set<String> tried = new HashSet<>();
  private final List<Ending.Asked> asked = new ArrayList<>();

  /** @param visit lets work run on a host that lives */
  Crowd(Executions executions, WitnessedCloud cloud, Stage stage, Consumer<Consumer<Host>> visit) {
    this.executions = executions;
    this.cloud = cloud;
    this.stage = stage;
    this.visit = visit;
  }

  /** @return whether somebody did something, or will */
  boolean act(Execution execution) {
    for (Approval approval : execution.approvals().values()) {
      if (approval.isOpen() && presses.merge(approval.id(), 1, Integer::sum) <= MOST_PRESSES) {
        voters(approval)
            .forEach(voter -> visit.accept(host -> vote(host, execution, approval, voter)));
        return true;
      }
    }
    for (Question question : execution.questions().values()) {
      if (question.answer() == null && answer(execution, question)) {
        return true;
      }
    }
    return false;
  }

  private static List<Person> voters(Approval approval) {
    return approval.approvers().isEmpty()
        ? IntStream.range(0, approval.needed())
            .mapToObj(i -> Person.of("crowd:approver-" + i, "approver-" + i))
            .toList()
        : approval.approvers().stream()
            .filter(name -> approval.excluded() == null || !approval.excluded().isNamed(name))
            .limit(approval.needed())
            .map(name -> Person.of("crowd:" + name, name))
            .toList();
  }

  private static void vote(Host host, Execution execution, Approval approval, Person voter) {
    VoteResult result = host.engine()
        .vote(
            execution.id(),
            approval.id(),
            Decision.APPROVE,
            voter,
            "",
            approval.id() + " " + voter.id());
    if (result.state() == VoteResult.State.DECIDED) {
      host.engine().advance(execution.id(), host.now().plus(TURN));
    }
  }

  /** First somebody hasty wants a retry at once, which must be refused while the call may still land. */
  private boolean answer(Execution execution, Question question) {
    if (tried.add(question.id())) {
      // and comes back when a retry is possible
      stage.at(question.retryAfter(), () -> {});
      visit.accept(host -> decide(host, execution, question, Question.Answer.RETRY));
      return true;
    }
    if (stage.now().isBefore(question.retryAfter())) {
      return false;
    }
    Question.Answer answer =
        hasHappened(execution, question) ? Question.Answer.SKIP : Question.Answer.RETRY;
    asked.add(new Ending.Asked(question.call(), effectClass(execution, question), answer));
    visit.accept(host -> decide(host, execution, question, answer));
    return true;
  }

  private static void decide(
      Host host, Execution execution, Question question, Question.Answer answer) {
    Person by = Person.of("crowd:operator", "operator");
    host.engine().decideOutcome(execution.id(), question.id(), answer, by);
    host.engine().advance(execution.id(), host.now().plus(TURN));
  }

  private boolean hasHappened(Execution execution, Question question) {
    Call call = call(execution, question);
    return cloud.landed().stream()
        .anyMatch(landed -> call != null
            && landed.request().equals(call.request())
            && !landed.at().isBefore(call.intendedAt()));
  }

  private EffectClass effectClass(Execution execution, Question question) {
    Call call = call(execution, question);
    return call == null || call.request() == null
        ? EffectClass.ONCE
        : cloud.effectClass(call.request());
  }

  private @org.jspecify.annotations.Nullable Call call(Execution execution, Question question) {
    return executions.tasks(execution, TaskPath.ROOT).stream()
        .filter(task -> task.path().equals(question.path()))
        .map(TaskExecution::call)
        .findFirst()
        .orElse(null);
  }

  List<Ending.Asked> asked() {
    return asked;
  }
}
