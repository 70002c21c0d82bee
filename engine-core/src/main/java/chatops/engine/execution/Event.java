package chatops.engine.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * Something that happened to an execution. {@link #on} is pure and total: an event that no longer applies leaves the
 * execution unchanged (the same instance), so a vote, a cancel, a timer and a worker may meet in any order. Events of
 * people ({@link Voted}, {@link CancelRequested}, {@link Answered}) need no lease and carry their own wake-up.
 */
public interface Event {

  Execution on(Execution execution);

  /** A worker takes the execution for itself: a new era, a higher epoch. */
  record Leased(Lease lease, String era) implements Event {
    @Override
    public Execution on(Execution e) {
      Draft d = e.draft();
      d.lease = lease;
      d.begin(era);
      Counters c = d.counters;
      d.counters = new Counters(c.commits(), c.calls(), c.wakeUps() + 1, c.rows());
      if (!e.status().isFinal()) {
        d.wakeAt = lease.until();
      }
      return d.build();
    }
  }

  /** The holder keeps the execution longer. */
  record Renewed(Lease lease) implements Event {
    @Override
    public Execution on(Execution e) {
      Draft d = e.draft();
      d.lease = lease;
      if (!e.status().isFinal()) {
        d.wakeAt = lease.until();
      }
      return d.build();
    }
  }

  /** The root frame moved on. */
  record Moved(Frame root, Status status, Instant at) implements Event {
    @Override
    public Execution on(Execution e) {
      if (e.status().isFinal()) {
        return e;
      }
      Draft d = e.draft();
      d.root = root;
      d.status = status;
      if (status == Status.RUNNING) {
        d.waitingStatus = WaitingStatus.NONE;
      }
      d.updatedAt = at;
      return d.build();
    }
  }

  /** What people read as the execution's message from now on. */
  record Said(String message) implements Event {
    @Override
    public Execution on(Execution e) {
      if (e.status().isFinal() || e.statusMessage().equals(message)) {
        return e;
      }
      Draft d = e.draft();
      d.statusMessage = message;
      return d.build();
    }
  }

  /** Calls were sent. */
  record Called(int calls) implements Event {
    @Override
    public Execution on(Execution e) {
      Draft d = e.draft();
      Counters c = d.counters;
      d.counters = new Counters(c.commits(), c.calls() + calls, c.wakeUps(), c.rows());
      return d.build();
    }
  }

  /** A value of the parameter store was read; the first reading stands. */
  record Fetched(String reference, String value) implements Event {
    @Override
    public Execution on(Execution e) {
      if (e.fetched().containsKey(reference)) {
        return e;
      }
      Draft d = e.draft();
      d.fetched.put(reference, value);
      return d.build();
    }
  }

  /** The template made something of secrets. */
  record Made(List<String> pieces) implements Event {
    @Override
    public Execution on(Execution e) {
      Pieces all = e.pieces().with(pieces);
      if (all == e.pieces()) {
        return e;
      }
      Draft d = e.draft();
      d.pieces = all;
      return d.build();
    }
  }

  /** People are asked to decide. Asking the same again changes nothing. */
  record Asked(Approval approval) implements Event {
    @Override
    public Execution on(Execution e) {
      if (e.status().isFinal() || e.approvals().containsKey(approval.id())) {
        return e;
      }
      Draft d = e.draft();
      d.approvals.put(approval.id(), approval);
      return d.build();
    }
  }

  /** An outcome is unknown and a person must say what to do. */
  record Questioned(Question question) implements Event {
    @Override
    public Execution on(Execution e) {
      if (e.status().isFinal() || e.questions().containsKey(question.id())) {
        return e;
      }
      Draft d = e.draft();
      d.questions.put(question.id(), question);
      return d.build();
    }
  }

  /** An approval closes without a decision: expired, or no longer needed. */
  record Closed(String approvalId, Approval.Outcome outcome, Instant at) implements Event {
    @Override
    public Execution on(Execution e) {
      Approval approval = e.approvals().get(approvalId);
      if (approval == null || !approval.isOpen()) {
        return e;
      }
      Draft d = e.draft();
      d.approvals.put(approvalId, approval.closed(outcome, at));
      return d.tellingDecision(approvalId, at).build();
    }
  }

  /** The plan that an approval was asked for is not the plan any more; a decision that came meanwhile does not count. */
  record Voided(String approvalId, Instant at) implements Event {
    @Override
    public Execution on(Execution e) {
      Approval approval = e.approvals().get(approvalId);
      if (e.status().isFinal() || approval == null || approval.outcome() == Approval.Outcome.VOID) {
        return e;
      }
      Draft d = e.draft();
      d.approvals.put(approvalId, approval.voided(at));
      return d.tellingDecision(approvalId, at).build();
    }
  }

  /** It is time to remind people of an open approval; once. */
  record Reminded(String approvalId, Instant at) implements Event {
    @Override
    public Execution on(Execution e) {
      Approval approval = e.approvals().get(approvalId);
      if (approval == null || !approval.isOpen() || approval.remindAt() == null) {
        return e;
      }
      Draft d = e.draft();
      d.approvals.put(approvalId, approval.reminded());
      return d.telling(new Untold("remind-" + approvalId, Untold.Kind.REMINDER, approvalId, 0, at))
          .build();
    }
  }

  /**
   * The worker stops here and gives the lease back. If people said something it has not seen, the execution is due at
   * once instead.
   */
  record Parked(
      Status status, String waitingStatus, String message, Instant until, long seen, Instant at)
      implements Event {
    @Override
    public Execution on(Execution e) {
      if (e.status().isFinal()) {
        return e;
      }
      Draft d = e.draft();
      d.status = status;
      d.waitingStatus = waitingStatus;
      d.statusMessage = message;
      d.lease = null;
      d.wakeAt = e.inputs() > seen ? at : until;
      d.updatedAt = at;
      return d.build();
    }
  }

  /** The execution is over; open approvals are withdrawn. */
  record Ended(Status status, String message, ObjectNode outputs, Instant at) implements Event {
    @Override
    public Execution on(Execution e) {
      if (e.status().isFinal()) {
        return e;
      }
      Draft d = e.draft();
      d.status = status;
      d.waitingStatus = WaitingStatus.NONE;
      d.statusMessage = message;
      d.outputs = outputs;
      d.updatedAt = at;
      d.endedAt = at;
      d.lease = null;
      d.orders.replaceAll(
          (id, order) -> order.isOpen() ? order.done("the execution ended before") : order);
      e.approvals().forEach((id, approval) -> {
        if (approval.isOpen()) {
          d.approvals.put(id, approval.closed(Approval.Outcome.WITHDRAWN, at));
          d.tellingDecision(id, at);
        }
      });
      e.questions().forEach((id, question) -> {
        if (question.answer() == null) {
          d.tellingAnswer(id, at);
        }
      });
      d.untold.removeIf(u -> !u.kind().outlives());
      return d.restingUntilTold().build();
    }
  }

  /** A notice waits for delivery, or for another try. */
  record ToTell(Untold notice) implements Event {
    @Override
    public Execution on(Execution e) {
      Draft d = e.draft().telling(notice);
      return e.status().isFinal() ? d.restingUntilTold().build() : d.build();
    }
  }

  /** A notice arrived, or is given up. */
  record Told(String id) implements Event {
    @Override
    public Execution on(Execution e) {
      if (e.untold().stream().noneMatch(u -> u.id().equals(id))) {
        return e;
      }
      Draft d = e.draft();
      d.untold.removeIf(u -> u.id().equals(id));
      return e.status().isFinal() ? d.restingUntilTold().build() : d.build();
    }
  }

  /** A person decided an approval. Unchanged when the vote does not count. */
  record Voted(String approvalId, Vote vote) implements Event {
    @Override
    public Execution on(Execution e) {
      Approval approval = e.approvals().get(approvalId);
      if (e.status().isFinal()
          || approval == null
          || e.judge(approval, vote) != Approval.Verdict.COUNTS) {
        return e;
      }
      Draft d = e.draft();
      Approval after = approval.with(vote);
      d.approvals.put(approvalId, after);
      if (!after.isOpen()) {
        d.tellingDecision(approvalId, vote.at());
      }
      return d.heard(vote.at()).build();
    }
  }

  /** A person wants the execution to stop. The first request stands. */
  record CancelRequested(Cancellation cancellation) implements Event {
    @Override
    public Execution on(Execution e) {
      if (e.status().isFinal() || e.cancellation() != null) {
        return e;
      }
      Draft d = e.draft();
      d.cancellation = cancellation;
      return d.heard(cancellation.at()).build();
    }
  }

  /** A person says what to do about an unknown outcome. The first answer stands; a retry is refused too early. */
  record Answered(String questionId, Question.Answer answer, Person by, Instant at)
      implements Event {
    @Override
    public Execution on(Execution e) {
      Question question = e.questions().get(questionId);
      if (e.status().isFinal()
          || question == null
          || question.answer() != null
          || (answer == Question.Answer.RETRY && at.isBefore(question.retryAfter()))) {
        return e;
      }
      Draft d = e.draft();
      d.questions.put(questionId, question.answered(answer, by));
      return d.tellingAnswer(questionId, at).heard(at).build();
    }
  }

  /** What a write has to answer for is in the trail with it, and how many rows it writes is known. */
  record Recorded(Trail trail, int rows) implements Event {
    @Override
    public Execution on(Execution e) {
      Draft d = e.draft();
      d.trail = trail;
      Counters c = d.counters;
      d.counters = new Counters(c.commits(), c.calls(), c.wakeUps(), c.rows() + rows);
      return d.build();
    }
  }

  /** Stamps one write: its identity, and whether it is a worker's step. */
  record Written(String op, boolean isStep) implements Event {
    @Override
    public Execution on(Execution e) {
      Draft d = e.draft();
      d.op = op;
      if (isStep) {
        d.steps++;
      }
      Counters c = d.counters;
      d.counters = new Counters(c.commits() + 1, c.calls(), c.wakeUps(), c.rows());
      return d.build();
    }
  }
}
