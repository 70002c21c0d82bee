package chatops.execution.notify;

import java.time.Duration;

/** How time passes inside one invocation; a test's passes at once. */
public interface Pause {
  void pause(Duration time) throws InterruptedException;
}
