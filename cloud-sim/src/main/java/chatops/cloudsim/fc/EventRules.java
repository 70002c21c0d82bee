package chatops.cloudsim.fc;

import chatops.cloudsim.cloud.CloudException;
import java.time.Duration;
import java.util.regex.Pattern;

/** What an asynchronous invocation must keep to (pages "Asynchronous invocation" and "Asynchronous task"). */
final class EventRules {
  private static final int LARGEST_EVENT = 131_072;
  private static final Duration LONGEST_DELAY = Duration.ofHours(1);
  private static final Pattern TASK_ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,127}");

  private EventRules() {}

  static void check(Invocation invocation) {
    if (invocation.payload().length > LARGEST_EVENT) {
      throw new CloudException(
          400,
          "EntityTooLarge",
          "The payload size exceeds the asynchronous limit of " + LARGEST_EVENT + " bytes.");
    }
    if (invocation.delay().isNegative() || invocation.delay().compareTo(LONGEST_DELAY) > 0) {
      throw invalid("x-fc-async-delay must be between 0 and 3600 seconds.");
    }
    if (invocation.taskId().isPresent()
        && !TASK_ID.matcher(invocation.taskId().get()).matches()) {
      throw invalid("The task id must match " + TASK_ID.pattern() + ".");
    }
  }

  private static CloudException invalid(String message) {
    return new CloudException(400, "InvalidArgument", message);
  }
}
