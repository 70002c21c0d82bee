package chatops.engine.run;

import chatops.engine.execution.AdmissionEvent;
import chatops.engine.execution.Event;
import chatops.engine.execution.Execution;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.execution.Untold;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.id.TaskPath;
import chatops.engine.policy.Policy;
import chatops.engine.share.Locks;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Keeps two executions from changing one resource at once. Before a call that changes something, the execution takes all
 * resources it knows of: what its selections found and what its parameters name. It takes them late, so that an execution that
 * waits for approval is in nobody's way.
 */
final class Holding {
  /** Longer than what is waited in process: nobody pays for a function that only waits. */
  private static final Duration SHORTEST = Duration.ofSeconds(25);

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Means means;
  private final Ledger ledger;
  private final Journal journal;
  private final Locks locks;
  private final Set<String> held = new HashSet<>();
  private final Map<TaskPath, String> waiting = new HashMap<>();

  Holding(Means means, Ledger ledger, Journal journal) {
    this.means = means;
    this.ledger = ledger;
    this.journal = journal;
    this.locks = new Locks(means.ports().store());
  }

  /** @return whether the task's call may go out; else the task waits, or has failed */
  boolean permits(TaskExecution run, Turn turn) {
    Execution e = ledger.execution();
    Policy.Lock lock =
        means.settings().policies().of(e.request().template().name()).lock();
    if (lock == null) {
      return true;
    }
    SortedSet<String> wanted = resources(e, ledger.all(), lock);
    if (held.containsAll(wanted)) {
      return true;
    }
    ledger.apply(new AdmissionEvent.Holding());
    Optional<Locks.Held> busy = locks.take(e.id(), e.lives(), wanted, turn.now());
    if (busy.isEmpty()) {
      held.addAll(wanted);
      waiting.remove(run.path());
      return true;
    }
    String what = busy.get().resource() + " is held by " + busy.get().owner() + " since "
        + busy.get().since();
    if (lock.refuses() || !busy.get().mayWait()) {
      ledger.put(run.ended(TaskStatus.FAILED, "ResourceBusy", what, turn.now()));
      ledger.fact();
      journal.error(run.path(), "task=" + run.name() + " status=Failed ResourceBusy " + what);
    } else {
      await(run, busy.get(), what, turn);
    }
    return false;
  }

  private void await(TaskExecution run, Locks.Held busy, String what, Turn turn) {
    Instant until = turn.now().plus(pause(run, turn.now()));
    ledger.put(run.sleeping(until));
    turn.wake(until);
    if (waiting.put(run.path(), what) == null) {
      journal.warn(run.path(), "task=" + run.name() + " waits: " + what);
    }
    remind(run.path(), turn);
    String subject = busy.resource() + "|" + busy.owner();
    String id = Digest.id(ledger.execution().id().value(), "HELD", subject);
    boolean isTold = ledger.execution().statusMessage().contains(busy.owner().value());
    if (!isTold && ledger.execution().untold().stream().noneMatch(u -> u.id().equals(id))) {
      ledger.apply(new Event.ToTell(new Untold(id, Untold.Kind.HELD, subject, 0, turn.now())));
    }
  }

  /** Says again why a task waits that has another turn before its time. */
  void remind(TaskPath path, Turn turn) {
    String what = waiting.get(path);
    if (what != null) {
      turn.people(WaitingStatus.LOCK, what);
    }
  }

  /** A quarter of the time it has waited already, within bounds: nobody waits much longer than necessary. */
  private static Duration pause(TaskExecution run, Instant now) {
    Duration quarter = Duration.between(run.startedAt(), now).dividedBy(4);
    if (quarter.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return quarter.compareTo(LONGEST) > 0 ? LONGEST : quarter;
  }

  /** What the execution is known to be about, in the order in which locks are taken. */
  static SortedSet<String> resources(Execution e, Iterable<TaskExecution> tasks, Policy.Lock lock) {
    SortedSet<String> resources = new TreeSet<>();
    e.request().parameters().properties().forEach(parameter -> {
      if (lock.parameters().stream().anyMatch(parameter.getKey()::equalsIgnoreCase)) {
        add(resources, parameter.getValue());
      }
    });
    if (lock.targets()) {
      for (TaskExecution task : tasks) {
        JsonNode result = task.result();
        if (result != null && task.action().equalsIgnoreCase("ACS::SelectTargets")) {
          result
              .path("Instances")
              .path("Instance")
              .forEach(instance -> add(resources, instance.path("InstanceId")));
        }
      }
    }
    return resources;
  }

  private static void add(SortedSet<String> resources, JsonNode value) {
    if (value.isTextual() && !value.textValue().isBlank()) {
      resources.add(value.textValue().strip());
    }
    if (value.isArray()) {
      value.forEach(each -> add(resources, each));
    }
  }
}
