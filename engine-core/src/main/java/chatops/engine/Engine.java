package chatops.engine;

import chatops.engine.execution.Approval;
import chatops.engine.execution.Cancellation;
import chatops.engine.execution.Decision;
import chatops.engine.execution.Event;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Lease;
import chatops.engine.execution.Person;
import chatops.engine.execution.Question;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.Vote;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.run.Advanced;
import chatops.engine.run.Executions;
import chatops.engine.run.Library;
import chatops.engine.run.Ports;
import chatops.engine.run.Settings;
import chatops.engine.run.Stored;
import chatops.engine.run.Workers;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.LogRow;
import chatops.engine.view.ExecutionView;
import chatops.engine.view.TaskView;
import chatops.engine.view.Views;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The durable engine: starts templates, moves executions from wait to wait, takes people's decisions. Thread-safe; one
 * per process is enough, any number of processes may share a store.
 */
public final class Engine {
  /** A vote may arrive while the message that asked for it is still being delivered: this long is waited for it. */
  private static final Duration NOT_ASKED_YET = Duration.ofSeconds(3);

  private final Ports ports;
  private final Settings settings;
  private final String owner;
  private final Executions executions;
  private final Starter starter;
  private final Workers workers;

  /** @param owner identity of this process in leases, unique among all that share the store */
  public Engine(Ports ports, Settings settings, String owner) {
    this.ports = ports;
    this.settings = settings;
    this.owner = owner;
    this.executions = new Executions(ports.store());
    Library library = new Library(ports.templates(), ports.store());
    this.starter = new Starter(ports, settings, executions, library, owner);
    this.workers = new Workers(ports, settings, executions, library, owner);
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
      Optional<Executions.Change> change = executions.change(id, e -> cast(e, approvalId, vote));
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
        switch (before.judge(vote)) {
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
   * Takes up executions that are due: lost wake-ups, ended leases, undelivered notices. Blocks until all of them stand
   * still; the first failure of one is thrown after the others had their turn.
   */
  public Swept sweep(int limit, Instant deadline) {
    List<ExecutionRow> due = ports.store().due(ports.clock().instant(), limit);
    Sweep sweep = new Sweep(
        due.stream().map(ExecutionRow::id).toList(),
        id -> advance(id, deadline),
        () -> !ports.clock().instant().isBefore(deadline));
    return new Swept(due.size(), sweep.run(settings.sweepers(), ports.executor()));
  }

  public Optional<ExecutionView> find(ExecutionId id) {
    return executions.load(id).map(s -> Views.of(s.execution(), s.version(), current(s)));
  }

  private List<TaskExecution> current(Stored stored) {
    TaskPath path = stored.execution().root().current();
    return path == null || stored.execution().status().isFinal()
        ? List.of()
        : executions.tasks(stored.execution(), path).stream().limit(1).toList();
  }

  /** All task runs and loop items in path order. */
  public List<TaskView> tasks(ExecutionId id) {
    return executions
        .load(id)
        .map(s -> {
          var mask = Views.mask(s.execution().request());
          return executions.tasks(s.execution(), TaskPath.ROOT).stream()
              .map(t -> Views.of(t, mask))
              .toList();
        })
        .orElse(List.of());
  }

  public List<ExecutionView> list(ExecutionQuery query) {
    return ports.store().list(query).stream()
        .map(executions::stored)
        .map(s -> Views.of(s.execution(), s.version(), List.of()))
        .toList();
  }

  public List<LogRow> logs(ExecutionId id, long afterSequence, int limit) {
    return ports.store().logs(id, afterSequence, limit);
  }
}
