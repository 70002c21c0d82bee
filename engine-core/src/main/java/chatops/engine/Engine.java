package chatops.engine;

import chatops.engine.audit.Anchor;
import chatops.engine.audit.Anchoring;
import chatops.engine.audit.Anchors;
import chatops.engine.audit.Chain;
import chatops.engine.audit.Chains;
import chatops.engine.effect.Risk;
import chatops.engine.execution.Cancellation;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Event;
import chatops.engine.execution.Order;
import chatops.engine.execution.Person;
import chatops.engine.execution.Question;
import chatops.engine.execution.Vote;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.run.Admission;
import chatops.engine.run.Advanced;
import chatops.engine.run.Executions;
import chatops.engine.run.Library;
import chatops.engine.run.Ports;
import chatops.engine.run.Settings;
import chatops.engine.run.Workers;
import chatops.engine.share.Freeze;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.LogRow;
import chatops.engine.template.Parameter;
import chatops.engine.template.Template;
import chatops.engine.view.ExecutionDetail;
import chatops.engine.view.ExecutionView;
import chatops.engine.view.TaskView;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The durable engine: starts templates, moves executions from wait to wait, takes people's decisions. Thread-safe; one
 * per process is enough, any number of processes may share a store.
 */
public final class Engine {
  private final Ports ports;
  private final Settings settings;
  private final Executions executions;
  private final Starter starter;
  private final VoteDoor votes;
  private final OrderDoor orders;
  private final TriggerDoor triggers;
  private final Showing showing;
  private final Workers workers;
  private final Library library;
  private final Admission admission;
  private final Retention retention;
  private final Anchoring anchoring;

  /** @param owner identity of this process in leases, unique among all that share the store */
  public Engine(Ports ports, Settings settings, String owner) {
    this.ports = ports;
    this.settings = settings;
    this.executions = new Executions(ports.store());
    this.library = new Library(ports.templates(), ports.store());
    this.admission = new Admission(ports, settings, executions);
    this.starter = new Starter(ports, settings, executions, library, admission, owner);
    this.workers =
        new Workers(ports, settings, executions, library, admission, owner, starter::start);
    NotAskedYet notAskedYet = new NotAskedYet(ports);
    this.votes = new VoteDoor(executions, notAskedYet, owner, settings.lease());
    this.orders = new OrderDoor(
        executions, library, admission.freezes(), new Anchors(ports.store().shared()));
    this.triggers = new TriggerDoor(ports, executions, settings.limits().children());
    this.showing = new Showing(ports.store(), executions, notAskedYet);
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
    return votes.vote(
        id, approvalId, now -> new Vote(decisionId, decision, voter, reason, now), true);
  }

  /**
   * As {@link #vote}, for who does not {@link #advance} the execution next but wakes it: any process may go on at once, because this
   * one does not hold it.
   */
  public VoteResult voteAndLeave(
      ExecutionId id,
      String approvalId,
      Decision decision,
      Person voter,
      String reason,
      String decisionId) {
    return votes.vote(
        id, approvalId, now -> new Vote(decisionId, decision, voter, reason, now), false);
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
    return new RiskyTasks(library, new Risk(settings.riskyVerbs())).of(template(template, version));
  }

  /**
   * What a template declares, by parameter name.
   *
   * @param version empty for the latest
   * @throws EngineException when there is no such template, or it cannot be read
   */
  public Map<String, Parameter> parameters(String template, String version) {
    return template(template, version).parameters();
  }

  private Template template(String name, String version) {
    return library
        .find(name, version)
        .orElseThrow(() -> new EngineException("no template is called '" + name + "'"))
        .template();
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
    return orders.order(id, order);
  }

  /**
   * Of the values that a retry would change, those that change tasks themselves and not what the template was started with: for
   * rights, since whoever changes these decides what runs.
   *
   * @param paths as for {@link #retry}
   */
  public Set<String> reworked(ExecutionId id, List<TaskPath> paths, Collection<String> names) {
    return orders.reworked(id, paths, names);
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
    return triggers.trigger(id, message, eventId);
  }

  /**
   * Takes up executions that are due: lost wake-ups, ended leases, undelivered notices. Blocks until all of them stand
   * still. What is thrown keeps the sweep itself from getting to its end.
   *
   * @param failed told at once of each execution that fails, which holds up none of the others; asked by several threads at a
   *     time, must not throw
   */
  public Swept sweep(
      int limit, Instant deadline, BiConsumer<ExecutionId, RuntimeException> failed) {
    List<ExecutionRow> due = ports.store().due(ports.clock().instant(), limit);
    Sweep sweep = new Sweep(
        due.stream().map(ExecutionRow::id).toList(),
        id -> advance(id, deadline),
        failed,
        () -> !ports.clock().instant().isBefore(deadline));
    int advanced = sweep.run(settings.sweepers(), ports.executor());
    retention.run(deadline, failed);
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
    return showing.find(id);
  }

  /**
   * The execution with the approval it is about to ask for: the message that asks goes out just before the approval is
   * stored, so while a worker holds the execution and nothing is open, it is waited for three seconds.
   */
  public Optional<ExecutionView> findAsked(ExecutionId id) {
    return showing.findAsked(id);
  }

  /** All task runs and loop items in path order. */
  public List<TaskView> tasks(ExecutionId id) {
    return showing.tasks(id);
  }

  /** Everything there is to see of an execution, read once. */
  public Optional<ExecutionDetail> detail(ExecutionId id) {
    return showing.detail(id);
  }

  public List<ExecutionView> list(ExecutionQuery query) {
    return showing.list(query);
  }

  public List<LogRow> logs(ExecutionId id, long afterSequence, int limit) {
    return ports.store().logs(id, afterSequence, limit);
  }
}
