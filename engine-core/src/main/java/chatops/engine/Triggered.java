package chatops.engine;

import chatops.engine.id.ExecutionId;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message for a trigger execution.
 *
 * @param child the execution it started or had started; null when it did not
 * @param message why not; empty when it did
 */
public record Triggered(State state, @Nullable ExecutionId child, String message) {
  /** How it ended. */
  public enum State {
    /** A child is being started. */
    ACCEPTED,
    /** The same event was accepted before. */
    REPEATED,
    /** The trigger's properties do not let this message through. */
    NOT_MATCHING,
    /** Too many children, or too much that waits to be started: deliver it again later. */
    FULL,
    /** The execution does not wait for a trigger, or not yet. */
    NOT_A_TRIGGER,
    ENDED,
    UNKNOWN
  }

  static Triggered not(State state, String message) {
    return new Triggered(state, null, message);
  }
}
