package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.execution.AdmissionEvent;
import chatops.engine.execution.Cancellation;
import chatops.engine.execution.Category;
import chatops.engine.execution.Event;
import chatops.engine.execution.Execution;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.Untold;
import chatops.engine.id.ExecutionId;
import chatops.engine.policy.Policy;
import chatops.engine.policy.Policy.Limit;
import chatops.engine.share.Freeze;
import chatops.engine.share.Freezes;
import chatops.engine.share.Locks;
import chatops.engine.share.Queues;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may begin, and what the end of one means for others: freezes, queues, locks, the longest duration. Thread-safe.
 */
public final class Admission {
  /** One that waits looks by itself this often, whatever wake-ups are lost. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Ports ports;
  private final Settings settings;
  private final Executions executions;
  private final Freezes freezes;
  private final Queues queues;
  private final Locks locks;

  public Admission(Ports ports, Settings settings, Executions executions) {
    this.ports = ports;
    this.settings = settings;
    this.executions = executions;
    this.freezes = new Freezes(ports.store().shared());
    this.queues = new Queues(ports.store());
    this.locks = new Locks(ports.store());
  }

  public Freezes freezes() {
    return freezes;
  }

  /** The limit of executions of a template; one that waits for a trigger has none, its children have. */
  public @Nullable Limit limit(String template, String category, boolean isChild) {
    boolean isTrigger = !category.equals(Category.OTHER) && !isChild;
    return isTrigger ? null : settings.policies().of(template).limit();
  }

  /** Asks for a place in a queue, before the execution is created. */
  public Queues.Place enter(Limit limit, ExecutionId id) {
    return queues.enter(limit, id, now());
  }

  /** Whether a new child must ask before it begins. */
  boolean isHeld(String template) {
    return settings.policies().of(template).limit() != null
        || freezes.covering(template).isPresent();
  }

  /** Lets one that waits in the queue begin, or go on waiting. @return null when it may go on */
  @Nullable
  Advanced hold(Execution e) {
    Instant now = now();
    Instant until = until(e);
    if (until != null && !now.isBefore(until)) {
      executions.change(e.id(), new Event.CancelRequested(late(e, now)));
      return null;
    }
    if (e.isCancelWanted()) {
      return null;
    }
    String template = e.request().template().name();
    Limit limit = limit(template, e.request().category(), e.request().parent() != null);
    Optional<Freeze> freeze = freezes.covering(template);
    Queues.Place place = limit == null ? new Queues.Place(0, 0) : queues.look(limit, e.id(), now);
    if (place.mayRun() && freeze.isEmpty()) {
      executions.change(e.id(), new AdmissionEvent.Admitted(now));
      return null;
    }
    String why = freeze
        .map(
            f -> "starts are frozen by " + f.by() + (f.reason().isBlank() ? "" : ": " + f.reason()))
        .orElse("place " + place.number() + " of " + place.waiting() + " in the queue");
    return wait(e, place, why, now);
  }

  private @Nullable Advanced wait(Execution e, Queues.Place place, String why, Instant now) {
    Instant next = now.plus(PATIENCE);
    Optional<Executions.Change> change = executions.revise(e.id(), stored -> {
      Execution after = stored.apply(new AdmissionEvent.Queued(why, next, now));
      boolean isNew = after != stored && stored.statusMessage().isEmpty();
      String subject = String.valueOf(Math.max(1, place.number()));
      return isNew
          ? after.apply(new Event.ToTell(
              new Untold(Digest.id(e.id().value(), "QUEUED"), Untold.Kind.QUEUED, subject, 0, now)))
          : after;
    });
    Executions.Change done = change.orElse(null);
    if (done == null || done.isNone()) {
      // cancelled meanwhile: the worker ends it
      return null;
    }
    Execution told = done.after();
    for (Event event :
        new Herald(ports.notifier(), new Kin(ports, executions, this)).tell(told, List::of, now)) {
      told = executions.change(e.id(), event).map(Executions.Change::after).orElse(told);
    }
    ports.invoker().wake(e.id(), done.version(), next);
    return new Advanced(Advanced.State.PARKED, told.status().text(), told.wakeAt());
  }

  /** When an execution is cancelled for its age; null when never. */
  @Nullable
  Instant until(Execution e) {
    Policy policy = settings.policies().of(e.request().template().name());
    boolean isOpenEnded = e.watch() != null || e.cancellation() != null;
    return policy.executionLife() == null || isOpenEnded
        ? null
        : e.request().createdAt().plus(policy.executionLife());
  }

  Cancellation late(Execution e, Instant now) {
    Policy policy = settings.policies().of(e.request().template().name());
    return new Cancellation(
        Cancellation.NOBODY, "it took longer than " + policy.executionLife(), now);
  }

  /**
   * Gives back what an ended execution holds, and calls those whose turn it is. A process that dies in here leaves nothing
   * behind that holds anybody up: locks and places of an ended execution are void.
   */
  void leave(Execution e, Iterable<TaskExecution> tasks) {
    try {
      Policy policy = settings.policies().of(e.request().template().name());
      if (e.hasLocks() && policy.lock() != null) {
        locks.release(e.id(), Holding.resources(e, tasks, policy.lock()));
      }
      Limit limit = limit(
          e.request().template().name(), e.request().category(), e.request().parent() != null);
      if (limit != null) {
        boolean mayPromote = freezes.all().isEmpty();
        queues.leave(limit, e.id(), now(), mayPromote).forEach(this::call);
      }
    } catch (EngineException unavailable) {
      // void by itself, as said above
    }
  }

  private void call(ExecutionId id) {
    Instant now = now();
    executions
        .change(id, new AdmissionEvent.Called(now))
        .filter(change -> !change.isNone())
        .ifPresent(change -> ports.invoker().wake(id, change.version(), now));
  }

  private Instant now() {
    return ports.clock().instant();
  }
}
