package chatops.cloudsim.fc;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One queued event and what became of it. Thread-safe. */
public final class AsyncTask {
  /** FC's task states, as far as the simulator reaches them; {@code LOST} is a fault's doing and shows as Enqueued to callers. */
  public enum State {
    ENQUEUED,
    RUNNING,
    RETRYING,
    SUCCEEDED,
    FAILED,
    EXPIRED,
    LOST
  }

  private final String taskId;
  private final String requestId;
  private final String function;
  private final byte[] payload;
  private final Instant submitted;
  private State state = State.ENQUEUED;
  private int invocations;
  private int refusals;
  private @Nullable String lastError;

  AsyncTask(String taskId, String requestId, String function, byte[] payload, Instant submitted) {
    this.taskId = taskId;
    this.requestId = requestId;
    this.function = function;
    this.payload = payload.clone();
    this.submitted = submitted;
  }

  public String taskId() {
    return taskId;
  }

  public String requestId() {
    return requestId;
  }

  public String function() {
    return function;
  }

  public Instant submitted() {
    return submitted;
  }

  public byte[] payload() {
    return payload.clone();
  }

  public synchronized State state() {
    return state;
  }

  /** How often the function was really called with this event. */
  public synchronized int invocations() {
    return invocations;
  }

  public synchronized String lastError() {
    return lastError == null ? "" : lastError;
  }

  synchronized void becomes(State next) {
    // a duplicate delivery that fails does not undo the first one's success
    if (state != State.SUCCEEDED) {
      state = next;
    }
  }

  /** Counts one call and answers how many there were before. */
  synchronized int called() {
    becomes(invocations == 0 ? State.RUNNING : State.RETRYING);
    return invocations++;
  }

  synchronized int refused() {
    return refusals++;
  }

  synchronized void failedWith(String error) {
    lastError = error;
  }
}
