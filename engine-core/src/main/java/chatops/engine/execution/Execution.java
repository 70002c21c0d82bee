package chatops.engine.execution;

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
    Counters counters,
    long inputs,
    long steps,
    @Nullable ObjectNode outputs,
    Instant updatedAt,
    @Nullable Instant endedAt,
    String op) {

  public Execution {
    approvals = Collections.unmodifiableMap(new LinkedHashMap<>(approvals));
    questions = Collections.unmodifiableMap(new LinkedHashMap<>(questions));
    untold = List.copyOf(untold);
    eras = List.copyOf(eras);
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
        new Counters(0, 0, 0),
        0,
        0,
        null,
        at,
        null,
        "");
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

  public boolean isCancelWanted() {
    return cancellation != null && !status.isFinal();
  }

  Draft draft() {
    return new Draft(this);
  }
}
