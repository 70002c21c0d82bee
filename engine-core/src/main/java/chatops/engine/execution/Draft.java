package chatops.engine.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An execution while one event changes it. */
final class Draft {
  // a worker that sleeps through this many others is long dead
  private static final int MOST_ERAS = 32;

  private final Execution from;
  Status status;
  String waitingStatus;
  String statusMessage;
  Frame root;
  final Map<String, Approval> approvals;
  final Map<String, Question> questions;

  @Nullable
  Cancellation cancellation;

  @Nullable
  Lease lease;

  long epoch;
  String era;
  final List<Era> eras;

  @Nullable
  Instant wakeAt;

  final List<Untold> untold;
  Counters counters;
  long inputs;
  long steps;

  @Nullable
  ObjectNode outputs;

  Instant updatedAt;

  @Nullable
  Instant endedAt;

  String op;

  Draft(Execution from) {
    this.from = from;
    status = from.status();
    waitingStatus = from.waitingStatus();
    statusMessage = from.statusMessage();
    root = from.root();
    approvals = new LinkedHashMap<>(from.approvals());
    questions = new LinkedHashMap<>(from.questions());
    cancellation = from.cancellation();
    lease = from.lease();
    epoch = from.epoch();
    era = from.era();
    eras = new ArrayList<>(from.eras());
    wakeAt = from.wakeAt();
    untold = new ArrayList<>(from.untold());
    counters = from.counters();
    inputs = from.inputs();
    steps = from.steps();
    outputs = from.outputs();
    updatedAt = from.updatedAt();
    endedAt = from.endedAt();
    op = from.op();
  }

  /** A new worker's time begins. */
  void begin(String newEra) {
    eras.add(new Era(era, epoch, steps));
    if (eras.size() > MOST_ERAS) {
      eras.remove(0);
    }
    era = newEra;
    epoch++;
  }

  /** A person said something: whoever runs or sweeps must look at once. */
  Draft heard(Instant at) {
    inputs++;
    wakeAt = at;
    updatedAt = at;
    return this;
  }

  Draft telling(Untold notice) {
    untold.removeIf(u -> u.id().equals(notice.id()));
    untold.add(notice);
    return this;
  }

  /** When the sweep must look at a final row: for notices that have not arrived. */
  Draft restingUntilTold() {
    wakeAt = untold.stream().map(Untold::nextAt).min(Instant::compareTo).orElse(null);
    return this;
  }

  Execution build() {
    return new Execution(
        from.id(),
        from.request(),
        status,
        waitingStatus,
        statusMessage,
        root,
        approvals,
        questions,
        cancellation,
        lease,
        epoch,
        era,
        eras,
        wakeAt,
        untold,
        counters,
        inputs,
        steps,
        outputs,
        updatedAt,
        endedAt,
        op);
  }
}
