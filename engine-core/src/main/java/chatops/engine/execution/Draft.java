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

  // a repeated delivery of an order older than this many others is refused by its sense, not by its
  // id
  private static final int MOST_ORDERS = 50;

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
  Contact contact;
  Counters counters;
  long inputs;
  long steps;

  @Nullable
  ObjectNode outputs;

  Instant updatedAt;

  @Nullable
  Instant endedAt;

  String op;

  @Nullable
  Watch watch;

  @Nullable
  Pause pause;

  final Map<String, Order> orders;
  final List<Person> changedBy;
  int lives;
  final Map<String, String> fetched;
  boolean hasLocks;
  boolean isRetired;
  Trail trail;
  Pieces pieces;

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
    contact = from.contact();
    counters = from.counters();
    inputs = from.inputs();
    steps = from.steps();
    outputs = from.outputs();
    updatedAt = from.updatedAt();
    endedAt = from.endedAt();
    op = from.op();
    watch = from.watch();
    pause = from.pause();
    orders = new LinkedHashMap<>(from.orders());
    changedBy = new ArrayList<>(from.changedBy());
    lives = from.lives();
    fetched = new LinkedHashMap<>(from.fetched());
    hasLocks = from.hasLocks();
    isRetired = from.isRetired();
    trail = from.trail();
    pieces = from.pieces();
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

  void remember(Order order) {
    if (orders.size() >= MOST_ORDERS) {
      orders.values().stream()
          .filter(known -> !known.isOpen())
          .map(Order::id)
          .findFirst()
          .ifPresent(orders::remove);
    }
    orders.put(order.id(), order);
    boolean isNew = changedBy.stream().noneMatch(order.by()::equals);
    if (!order.parameters().isEmpty() && isNew) {
      changedBy.add(order.by());
    }
  }

  /** Back to life after a failure. */
  void reopen() {
    status = Status.RUNNING;
    statusMessage = "";
    outputs = null;
    endedAt = null;
    untold.removeIf(u -> u.kind() == Untold.Kind.ENDED || u.kind() == Untold.Kind.PARENT);
    lives++;
  }

  Draft telling(Untold notice) {
    untold.removeIf(u -> u.id().equals(notice.id()));
    untold.add(notice);
    return this;
  }

  /** The same for a question about a call. */
  Draft tellingAnswer(String questionId, Instant at) {
    untold.removeIf(u -> u.subject().equals(questionId) && u.kind() == Untold.Kind.OUTCOME_WANTED);
    return telling(
        new Untold("answered-" + questionId, Untold.Kind.OUTCOME_MADE, questionId, 0, at));
  }

  /** Whoever was asked learns how it came out: buttons that were sent are dead from now on. */
  Draft tellingDecision(String approvalId, Instant at) {
    untold.removeIf(u -> u.subject().equals(approvalId)
        && (u.kind() == Untold.Kind.DECISION_WANTED || u.kind() == Untold.Kind.REMINDER));
    return telling(new Untold("made-" + approvalId, Untold.Kind.DECISION_MADE, approvalId, 0, at));
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
        contact,
        counters,
        inputs,
        steps,
        outputs,
        updatedAt,
        endedAt,
        op,
        watch,
        pause,
        orders,
        changedBy,
        lives,
        fetched,
        hasLocks,
        isRetired,
        trail,
        pieces);
  }
}
