package chatops.engine.execution;

import chatops.engine.cloud.Caller;
import chatops.engine.id.ExecutionId;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a template, as its row holds it. A pure value: every change is {@link #apply} of an {@link Event}, so that
 * after a conflict the same events can be applied to the row that won.
 *
 * @param inputs how many decisions, cancels and answers of people have arrived; a worker that parks says how many it saw
 * @param era the current worker's time; task rows carry the era and the step they belong to
 * @param eras those before it, the newest last; a row of an older one is certainly settled
 * @param steps how many commits of workers have landed
 * @param op identity of the last write, so that a writer whose answer was lost recognises its own
 * @param contact how people were told so far
 * @param pause set while it stands still because somebody wants it to
 * @param orders what people ordered lately, by the identity of their decision
 * @param changedBy who ordered that it do something else than was asked for: to an approval they are its requesters, too
 * @param lives how often it was brought back after it had failed
 * @param hasLocks whether it may hold resources that its end must give back
 * @param isRetired whether its rows are being deleted: it can only go on to be deleted
 * @param watch set on an execution that waits for a trigger
 * @param trail what has to be answered for; an execution of an earlier format begins one with its next record
 * @param fetched values read from the parameter store, by reference; read once, so that every try sees the same
 * @param pieces what the template made of its secrets
 */
public record Execution(
    ExecutionId id,
    Request request,
    Status status,
    String waitingStatus,
    String statusMessage,
    Frame root,
    Map<String, Approval> approvals,
    Map<String, Question> questions,
    @Nullable Cancellation cancellation,
    @Nullable Lease lease,
    long epoch,
    String era,
    List<Era> eras,
    @Nullable Instant wakeAt,
    List<Untold> untold,
    Contact contact,
    Counters counters,
    long inputs,
    long steps,
    @Nullable ObjectNode outputs,
    Instant updatedAt,
    @Nullable Instant endedAt,
    String op,
    @Nullable Watch watch,
    @Nullable Pause pause,
    Map<String, Order> orders,
    List<Person> changedBy,
    int lives,
    Map<String, String> fetched,
    boolean hasLocks,
    boolean isRetired,
    Trail trail,
    Pieces pieces) {

  public Execution {
    approvals = Collections.unmodifiableMap(new LinkedHashMap<>(approvals));
    questions = Collections.unmodifiableMap(new LinkedHashMap<>(questions));
    untold = List.copyOf(untold);
    eras = List.copyOf(eras);
    // earlier rows have none
    contact = contact == null ? Contact.NONE : contact;
    // rows of format 1 have none
    fetched = fetched == null ? Map.of() : Map.copyOf(fetched);
    trail = trail == null ? Trail.NONE : trail;
    pieces = pieces == null ? Pieces.NONE : pieces;
    orders = orders == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(orders));
    changedBy = changedBy == null ? List.of() : List.copyOf(changedBy);
  }

  /** A new execution, leased by its creator so that the first run needs no second write. */
  public static Execution created(
      ExecutionId id, Request request, Frame root, Lease lease, String era, Instant at) {
    return new Execution(
        id,
        request,
        Status.STARTED,
        WaitingStatus.NONE,
        "",
        root,
        Map.of(),
        Map.of(),
        null,
        lease,
        1,
        era,
        List.of(),
        lease.until(),
        List.of(),
        Contact.NONE,
        new Counters(0, 0, 0, 0),
        0,
        0,
        null,
        at,
        null,
        "",
        null,
        null,
        Map.of(),
        List.of(),
        0,
        Map.of(),
        false,
        false,
        Trail.NONE,
        Pieces.NONE);
  }

  public Execution apply(Event event) {
    return event.on(this);
  }

  /** Whether the commit that wrote a task row got as far as the execution's row. */
  boolean hasCommitted(String rowEra, long rowEpoch, long step) {
    if (rowEra.equals(era)) {
      return step <= steps;
    }
    for (Era earlier : eras) {
      if (earlier.name().equals(rowEra)) {
        return step <= earlier.lastStep();
      }
    }
    return !eras.isEmpty() && rowEpoch < eras.get(0).epoch();
  }

  /** A lease that another worker holds now. */
  public boolean isHeldByOther(String owner, Instant now) {
    return lease != null && lease.isLive(now) && !lease.owner().equals(owner);
  }

  /** Whether nothing new may start, because somebody paused it. A cancel goes before a pause. */
  public boolean isHeld() {
    return pause != null && cancellation == null;
  }

  public boolean isCancelWanted() {
    return cancellation != null && !status.isFinal();
  }

  /** What a vote would mean: an approval's own judgement, and who changed what is asked for does not decide on it. */
  public Approval.Verdict judge(Approval approval, Vote vote) {
    Approval.Verdict verdict = approval.judge(vote);
    boolean isOwnChange = verdict == Approval.Verdict.COUNTS
        && approval.excluded() != null
        && changedBy.stream().anyMatch(person -> person.isSameAs(vote.voter()));
    return isOwnChange ? Approval.Verdict.REQUESTER_EXCLUDED : verdict;
  }

  /** Whether people approved what it does: from then on that is what it does. */
  public boolean isApproved() {
    return approvals.values().stream()
        .anyMatch(a -> a.kind().equals(WaitingStatus.APPROVAL) && a.isGranted());
  }

  /** For whom its calls are made. */
  public Caller caller() {
    return new Caller(id, request.startedBy().id());
  }

  Draft draft() {
    return new Draft(this);
  }
}
