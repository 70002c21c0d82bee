package chatops.cloudsim.fc;

import java.time.Duration;
import java.util.Optional;

/**
 * A request to invoke a function.
 *
 * @param function FC 3.0's name; {@code service$name} for a function of an FC 2.0 service
 * @param delay how long the event waits before its first delivery; asynchronous only
 */
public record Invocation(
    String function,
    boolean asynchronous,
    Optional<String> taskId,
    Duration delay,
    byte[] payload) {
  public static Invocation sync(String function, byte[] payload) {
    return new Invocation(function, false, Optional.empty(), Duration.ZERO, payload);
  }

  public static Invocation async(
      String function, Optional<String> taskId, Duration delay, byte[] payload) {
    return new Invocation(function, true, taskId, delay, payload);
  }
}
