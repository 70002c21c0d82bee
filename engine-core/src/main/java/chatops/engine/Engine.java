package chatops.engine;

import chatops.engine.audit.Anchor;
import chatops.engine.audit.Anchoring;
import chatops.engine.audit.Anchors;
import chatops.engine.audit.Chain;
import chatops.engine.audit.Chains;
import chatops.engine.effect.Risk;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Cancellation;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Event;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Lease;
import chatops.engine.execution.Order;
import chatops.engine.execution.Person;
import chatops.engine.execution.Question;
import chatops.engine.execution.Status;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.execution.Vote;
import chatops.engine.execution.WaitingStatus;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.run.Admission;
import chatops.engine.run.Advanced;
import chatops.engine.run.Executions;
import chatops.engine.run.Failures;
import chatops.engine.run.Library;
import chatops.engine.run.OrderLimits;
import chatops.engine.run.Ports;
import chatops.engine.run.Settings;
import chatops.engine.run.Stored;
import chatops.engine.run.Workers;
import chatops.engine.share.Freeze;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.LogRow;
import chatops.engine.template.Parameter;
import chatops.engine.view.ExecutionDetail;
import chatops.engine.view.ExecutionView;
import chatops.engine.view.Mask;
import chatops.engine.view.TaskView;
import chatops.engine.view.Views;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The durable engine: starts templates, moves executions from wait to wait, takes people's decisions. Thread-safe; one
 * per process is enough, any number of processes may share a store.
 */
public final class Engine {
  /** A vote may arrive while the message that asked for it is still being delivered: this long is waited for it. */
  private static final Duration NOT_ASKED_YET = Duration.ofSeconds(3);

  /** Not taken up, for the count of a sweep. */
  private static final Advanced FAILED = new Advanced(Advanced.State.BUSY, "", null);

  private final Ports ports;
  private final Settings settings;
  private final String owner;
  private final Executions executions;
  private final Starter starter;
  private final Workers workers;
  private final Library library;
  private final Admission admission;
  private final Retention retention;
  private final Anchoring anchoring;

  /** @param owner identity of this process in leases, unique among all that share the store */
  public Engine(Ports ports, Settings settings, String owner) {
    this.ports = ports;
    this.settings = settings;
    this.owner = owner;
    this.executions = new Executions(ports.store());
    this.library = new Library(ports.templates(), ports.store());
    this.admission = new Admission(ports, settings, executions);
    this.starter = new Starter(ports, settings, executions, library, admission, owner);
    this.workers =
        new Workers(ports, settings, executions, library, admission, owner, starter::start);
    this.retention = new Retention(ports, settings, executions);
    this.anchoring = new Anchoring(ports.store(), ports.clock(), settings.auditRetention());
  }

  /**
   * What a start would run, without writing anything: for rights checks.
   *
   * @throws RefusedException when it cannot be started
   */
  public Prepared prepare(StartExecution request) {
    return starter.prepare(request);
  }

  /**
   * Writes a new execution, held by this process: call {@link #advance} next, or the sweep takes it up when the lease
   * ends.
   *
   * @throws RefusedException when it cannot be started; nothing was written
   */
  public Started start(StartExecution request) {
    return starter.start(request);
  }

  /**
   * Takes an execution as far as it gets before {@code deadline}. Blocks; interrupting makes it park. A failure of the
   * store is thrown, and the sweep goes on later.
   */
  public Advanced advance(ExecutionId id, Instant deadline) {
    return workers.advance(id, deadline);
  }

  /**
   * Decides on an approval: one conditional write that also makes the execution due. When the result is DECIDED, call
   * {@link #advance} next: this process may hold the execution already.
   *
   * @param decisionId identity of the decision; a repetition is recognised by it
   */
  public VoteResult vote(
      ExecutionId id,
      String approvalId,
      Decision decision,
      Person voter,
      String reason,
      String decisionId) {
    Instant patience = ports.clock().instant().plus(NOT_ASKED_YET);
    while (true) {
      Instant now = ports.clock().instant();
      Vote vote = new Vote(decisionId, decision, voter, reason, now);
      Optional<Executions.Change> change = executions.revise(id, e -> cast(e, approvalId, vote));
      Execution seen = change.map(Executions.Change::before).orElse(null);
      boolean mayBeAsked =
          seen != null && !seen.approvals().containsKey(approvalId) && seen.lease() != null;
      if (!mayBeAsked || !now.isBefore(patience) || !paused(now.plusMillis(100))) {
        return voted(change.orElse(null), approvalId, vote);
      }
    }
  }

  /**
   * The vote and, when it decides and nobody holds the execution, the lease for going on: one write instead of two. A
   * process that ends here leaves a row that is due at once and free when the lease ends.
   */
  private Execution cast(Execution before, String approvalId, Vote vote) {
    Event.Voted voted = new Event.Voted(approvalId, vote);
    Execution after = before.apply(voted);
    Approval approval = after.approvals().get(approvalId);
    Lease held = before.lease();
    boolean isFree = held == null || !held.isLive(vote.at());
    if (after == before || approval == null || approval.isOpen() || !isFree) {
      return after;
    }
    Lease lease = new Lease(owner, vote.at().plus(settings.lease()));
    return before.apply(new Event.Leased(lease, UUID.randomUUID().toString())).apply(voted);
  }

  private boolean paused(Instant until) {
    try {
      ports.waits().next(new LinkedBlockingQueue<>(), until);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static VoteResult voted(
      Executions.@org.jspecify.annotations.Nullable Change change, String approvalId, Vote vote) {
    Approval before = change == null ? null : change.before().approvals().get(approvalId);
    Approval after = change == null ? null : change.after().approvals().get(approvalId);
    if (change == null || before == null || after == null) {
      return new VoteResult(VoteResult.State.UNKNOWN, null);
    }
    if (!change.isNone()) {
      return new VoteResult(
          after.isOpen() ? VoteResult.State.RECORDED : VoteResult.State.DECIDED, after);
    }
    return new VoteResult(
        switch (change.before().judge(before, vote)) {
          case REPEATED -> VoteResult.State.REPEATED;
          case NOT_AN_APPROVER -> VoteResult.State.NOT_AN_APPROVER;
          case REQUESTER_EXCLUDED -> VoteResult.State.REQUESTER_EXCLUDED;
          case CLOSED, COUNTS -> VoteResult.State.ALREADY_CLOSED;
        },
        before);
  }

  /** Asks an execution to stop: running calls finish, nothing new starts. Call {@link #advance} next. */
  public Cancelled cancel(ExecutionId id, Person by, String reason) {
    Event event =
        new Event.CancelRequested(new Cancellation(by, reason, ports.clock().instant()));
    Optional<Executions.Change> change = executions.change(id, event);
    if (change.isEmpty()) {
      return Cancelled.UNKNOWN;
    }
    if (!change.get().isNone()) {
      return Cancelled.REQUESTED;
    }
    return change.get().before().status().isFinal()
        ? Cancelled.ALREADY_ENDED
        : Cancelled.ALREADY_REQUESTED;
  }

  /** Says what to do about a call whose outcome is unknown. Call {@link #advance} next. */
  public AnswerResult decideOutcome(
      ExecutionId id, String questionId, Question.Answer answer, Person by) {
    Instant now = ports.clock().instant();
    Optional<Executions.Change> change =
        executions.change(id, new Event.Answered(questionId, answer, by, now));
    Question question = change.map(c -> c.after().questions().get(questionId)).orElse(null);
    if (change.isEmpty() || question == null) {
      return new AnswerResult(AnswerResult.State.UNKNOWN, null);
    }
    if (!change.get().isNone()) {
      return new AnswerResult(AnswerResult.State.RECORDED, question);
    }
    boolean tooEarly = question.answer() == null && now.isBefore(question.retryAfter());
    return new AnswerResult(
        tooEarly ? AnswerResult.State.TOO_EARLY : AnswerResult.State.ALREADY_ANSWERED, question);
  }

  /**
   * API calls of high risk that a template and all it calls would make, as far as they are written out (OOS
   * ListExecutionRiskyTasks).
   *
   * @param version empty for the latest
   * @throws EngineException when there is no such template, or it cannot be read
   */
  public List<RiskyTask> riskyTasks(String template, String version) {
    Library.Entry entry = library
        .find(template, version)
        .orElseThrow(() -> new EngineException("no template is called '" + template + "'"));
    return new RiskyTasks(library, new Risk(settings.riskyVerbs())).of(entry.template());
  }

  /**
   * What a template declares, by parameter name.
   *
   * @param version empty for the latest
   * @throws EngineException when there is no such template, or it cannot be read
   */
  public Map<String, Parameter> parameters(String template, String version) {
    return library
        .find(template, version)
        .orElseThrow(() -> new EngineException("no template is called '" + template + "'"))
        .template()
        .parameters();
  }

  /** Lets an execution stand still: running calls finish, nothing new starts. Call {@link #advance} next. */
  public OrderResult pause(ExecutionId id, Person by, String reason, String decisionId) {
    return order(id, wanted(decisionId, Order.Kind.PAUSE, by).saying(reason));
  }

  /** Lets a paused execution go on. Call {@link #advance} next. */
  public OrderResult resume(ExecutionId id, Person by, String decisionId) {
    return order(id, wanted(decisionId, Order.Kind.RESUME, by));
  }

  /**
   * Runs failed tasks again, from there on: of an execution that ended Failed, which comes back to life, or of one that
   * waits because of a failure. Everything that succeeded stands. Call {@link #advance} next.
   *
   * @param paths failed task runs or loop items, or tasks they are inside of (which then begin anew); empty for the
   *     innermost that failed
   * @param parameters changed values: of the task's properties, else of the parameters of the template around it, else
   *     of the parameters of its call
   */
  public OrderResult retry(
      ExecutionId id, List<TaskPath> paths, ObjectNode parameters, Person by, String decisionId) {
    return order(id, wanted(decisionId, Order.Kind.RETRY, by).about(paths).with("", parameters));
  }

  /**
   * Goes on as if tasks had succeeded, without outputs: failed ones, as for {@link #retry}, or named ones that let time pass or
   * poll. What waits for a decision cannot be skipped. Call {@link #advance} next.
   */
  public OrderResult skip(ExecutionId id, List<TaskPath> paths, Person by, String decisionId) {
    return order(id, wanted(decisionId, Order.Kind.SKIP, by).about(paths));
  }

  /**
   * Debug mode: runs the task that waits, or a named one of the same template instead.
   *
   * @param task empty for the one that waits
   * @param parameters changed values, as for {@link #retry}; {@code LoopItem} is the one item a looping task walks
   */
  public OrderResult executeTask(
      ExecutionId id, String task, ObjectNode parameters, Person by, String decisionId) {
    return order(id, wanted(decisionId, Order.Kind.EXECUTE_TASK, by).with(task, parameters));
  }

  /** Debug mode: leaves out the task that waits. */
  public OrderResult cancelTask(ExecutionId id, Person by, String decisionId) {
    return order(id, wanted(decisionId, Order.Kind.CANCEL_TASK, by));
  }

  /** Debug mode: ends the execution. @param status {@code Success}, {@code Failed} or {@code Cancelled} */
  public OrderResult complete(ExecutionId id, String status, Person by, String decisionId) {
    return order(id, wanted(decisionId, Order.Kind.COMPLETE, by).saying(status));
  }

  /** Any order; the others say it in words. Call {@link #advance} next. */
  public OrderResult order(ExecutionId id, Order order) {
    return new OrderDoor(
            executions, library, admission.freezes(), new Anchors(ports.store().shared()))
        .order(id, order);
  }

  /**
   * Of the values that a retry would change, those that change tasks themselves and not what the template was started with: for
   * rights, since whoever changes these decides what runs.
   *
   * @param paths as for {@link #retry}
   */
  public Set<String> reworked(ExecutionId id, List<TaskPath> paths, Collection<String> names) {
    return executions
        .load(id)
        .map(stored -> {
          List<TaskExecution> tasks = executions.tasks(stored.execution(), TaskPath.ROOT);
          List<TaskPath> wanted = paths.isEmpty() ? Failures.of(stored.execution(), tasks) : paths;
          return new OrderLimits(library, stored.execution(), tasks).reworked(wanted, names);
        })
        .orElse(Set.of());
  }

  private Order wanted(String decisionId, Order.Kind kind, Person by) {
    return Order.of(decisionId, kind, by, ports.clock().instant());
  }

  /**
   * Gives an execution that waits for a trigger a message: an event, an alarm, or one that a person wrote (OOS
   * TriggerExecution). Call {@link #advance} next; the child is started then, and woken by the invoker.
   *
   * @param eventId identity of the event; a repetition starts no second child
   */
  public Triggered trigger(ExecutionId id, JsonNode message, String eventId) {
    return new TriggerDoor(ports, executions, settings.limits().children())
        .trigger(id, message, eventId);
  }

  /**
   * Takes up executions that are due: lost wake-ups, ended leases, undelivered notices. Blocks until all of them stand
   * still; the first failure of one is thrown after the others had their turn.
   */
  public Swept sweep(int limit, Instant deadline) {
    return swept(limit, deadline, id -> advance(id, deadline));
  }

  /**
   * As {@link #sweep(int, Instant)} for a host that goes on when an execution fails: its failure is told at once, and not thrown.
   * What is thrown keeps the sweep itself from getting to its end.
   *
   * @param failed asked by several threads at a time
   */
  public Swept sweep(
      int limit, Instant deadline, BiConsumer<ExecutionId, RuntimeException> failed) {
    return swept(limit, deadline, id -> {
      try {
        return advance(id, deadline);
      } catch (RuntimeException e) {
        failed.accept(id, e);
        return FAILED;
      }
    });
  }

  private Swept swept(int limit, Instant deadline, Function<ExecutionId, Advanced> advance) {
    List<ExecutionRow> due = ports.store().due(ports.clock().instant(), limit);
    Sweep sweep = new Sweep(
        due.stream().map(ExecutionRow::id).toList(),
        advance,
        () -> !ports.clock().instant().isBefore(deadline));
    int advanced = sweep.run(settings.sweepers(), ports.executor());
    retention.run(deadline);
    return new Swept(due.size(), advanced);
  }

  /**
   * Anchors all audit trails, once a day whichever process asks first.
   *
   * @param failed told of each execution whose rows cannot be read; the others are anchored
   * @return the anchor that was made now; its hash, noted anywhere outside the store, proves all that lies before it
   */
  public Optional<Anchor> anchor(
      Instant deadline, BiConsumer<ExecutionId, RuntimeException> failed) {
    return anchoring.run(deadline, failed);
  }

  /** An execution's audit trail, also of one that was deleted. */
  public Chain audit(ExecutionId id) {
    return new Chains(ports.store()).read(id);
  }

  /** Stops new starts: nothing that the freeze covers starts once this has returned. What runs goes on; what waits in a queue waits. */
  public void freeze(Freeze freeze) {
    admission.freezes().freeze(freeze);
  }

  /** Lifts the freeze of a pattern. @return whether there was one */
  public boolean unfreeze(String pattern, Person by) {
    return admission.freezes().thaw(pattern, by.id(), ports.clock().instant());
  }

  /** Freezes in force, oldest first. */
  public List<Freeze> freezes() {
    return admission.freezes().all();
  }

  public Optional<ExecutionView> find(ExecutionId id) {
    return executions.load(id).map(s -> Views.of(s.execution(), s.version(), current(s)));
  }

  /**
   * The execution with the approval it is about to ask for: the message that asks goes out just before the approval is
   * stored, so while a worker holds the execution and nothing is open, it is waited for three seconds.
   */
  public Optional<ExecutionView> findAsked(ExecutionId id) {
    Instant patience = ports.clock().instant().plus(NOT_ASKED_YET);
    while (true) {
      Instant now = ports.clock().instant();
      Optional<Stored> stored = executions.load(id);
      boolean mayBeAsked = stored.isPresent()
          && stored.get().execution().lease() != null
          && stored.get().execution().approvals().values().stream().noneMatch(Approval::isOpen);
      if (!mayBeAsked || !now.isBefore(patience) || !paused(now.plusMillis(100))) {
        return stored.map(s -> Views.of(s.execution(), s.version(), current(s)));
      }
    }
  }

  private List<TaskExecution> current(Stored stored) {
    TaskPath path = stored.execution().root().current();
    return path == null || stored.execution().status().isFinal()
        ? List.of()
        : executions.tasks(stored.execution(), path);
  }

  /** All task runs and loop items in path order. */
  public List<TaskView> tasks(ExecutionId id) {
    return executions
        .load(id)
        .map(s -> {
          var mask = Views.mask(s.execution());
          return executions.tasks(s.execution(), TaskPath.ROOT).stream()
              .filter(t -> t.status() != TaskStatus.REPLACED)
              .map(t -> Views.of(t, mask))
              .toList();
        })
        .orElse(List.of());
  }

  /** Everything there is to see of an execution, read once. */
  public Optional<ExecutionDetail> detail(ExecutionId id) {
    return executions.load(id).map(stored -> {
      Execution execution = stored.execution();
      List<TaskExecution> tasks = executions.tasks(execution, TaskPath.ROOT);
      Mask mask = Views.mask(execution);
      boolean isStopped = execution.status() == Status.FAILED
          || execution.waitingStatus().equals(WaitingStatus.FAILURE);
      return new ExecutionDetail(
          Views.of(execution, stored.version(), tasks),
          tasks.stream()
              .filter(task -> task.status() != TaskStatus.REPLACED)
              .map(task -> Views.of(task, mask))
              .toList(),
          isStopped
              ? Failures.of(execution, tasks).stream()
                  .map(TaskPath::value)
                  .collect(Collectors.toSet())
              : Set.of(),
          execution.isCancelWanted());
    });
  }

  public List<ExecutionView> list(ExecutionQuery query) {
    return ports.store().list(query).stream()
        .filter(row -> !isRetired(row))
        .map(this::listed)
        .toList();
  }

  private boolean isRetired(ExecutionRow row) {
    try {
      return executions.isRetired(row);
    } catch (NewerFormatException newer) {
      return false;
    }
  }

  /** A row of a newer program is listed by its columns: one such row must not hide all others. */
  private ExecutionView listed(ExecutionRow row) {
    try {
      Stored stored = executions.stored(row);
      return Views.of(stored.execution(), stored.version(), List.of());
    } catch (NewerFormatException newer) {
      return Views.of(row, String.valueOf(newer.getMessage()));
    }
  }

  public List<LogRow> logs(ExecutionId id, long afterSequence, int limit) {
    return ports.store().logs(id, afterSequence, limit);
  }
}
