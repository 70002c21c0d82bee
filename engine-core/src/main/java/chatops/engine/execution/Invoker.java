package chatops.engine.execution;

import chatops.engine.id.ExecutionId;
import java.time.Instant;

/**
 * Wakes an execution. An accelerator, not a promise: a wake-up may be lost or doubled, because the sweep of due rows
 * reaches every execution anyway. Implementations swallow their own failures.
 */
public interface Invoker {
  /**
   * Have {@code Engine.advance(id)} called at {@code at} or soon after.
   *
   * @param version row version that wants the wake-up; with the id it names the wake-up, so a repetition can be dropped
   */
  void wake(ExecutionId id, long version, Instant at);
}
