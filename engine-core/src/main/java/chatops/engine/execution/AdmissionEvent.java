package chatops.engine.execution;

import java.time.Instant;

/** What happens to an execution on its way in and out: the queue it waits in, the resources it holds, its deletion. */
public interface AdmissionEvent extends Event {

  /** It waits until others have ended or starts are allowed again. Nothing for one that is being cancelled. */
  record Queued(String message, Instant until, Instant at) implements AdmissionEvent {
    @Override
    public Execution on(Execution e) {
      boolean isWaiting = e.status() == Status.QUEUED || e.status() == Status.STARTED;
      if (!isWaiting || e.cancellation() != null) {
        return e;
      }
      Draft d = e.draft();
      d.status = Status.QUEUED;
      d.statusMessage = message;
      d.lease = null;
      d.wakeAt = until;
      d.updatedAt = at;
      return d.build();
    }
  }

  /** Its turn has come. */
  record Admitted(Instant at) implements AdmissionEvent {
    @Override
    public Execution on(Execution e) {
      if (e.status() != Status.QUEUED) {
        return e;
      }
      Draft d = e.draft();
      d.status = Status.STARTED;
      d.statusMessage = "";
      d.wakeAt = at;
      d.updatedAt = at;
      return d.build();
    }
  }

  /** It may be its turn: look at once. */
  record Called(Instant at) implements AdmissionEvent {
    @Override
    public Execution on(Execution e) {
      if (e.status() != Status.QUEUED) {
        return e;
      }
      Draft d = e.draft();
      d.wakeAt = at;
      return d.build();
    }
  }

  /** It holds resources from now on, which its end gives back. */
  record Holding() implements AdmissionEvent {
    @Override
    public Execution on(Execution e) {
      if (e.hasLocks()) {
        return e;
      }
      Draft d = e.draft();
      d.hasLocks = true;
      return d.build();
    }
  }

  /** It is being deleted: nothing may bring it back to life any more. Only of one that has ended. */
  record Retired() implements AdmissionEvent {
    @Override
    public Execution on(Execution e) {
      if (!e.status().isFinal() || e.isRetired()) {
        return e;
      }
      Draft d = e.draft();
      d.isRetired = true;
      d.wakeAt = null;
      return d.build();
    }
  }
}
