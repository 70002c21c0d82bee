package chatops.cloudsim.ess;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One hook's wait in one scaling activity: a token for all of the activity's instances. Guarded by its {@link AutoScaling}. */
final class LifecycleAction {
  /** Auto Scaling, "RecordLifecycleActionHeartbeat". */
  static final Duration LONGEST = Duration.ofHours(6);

  static final int MOST_HEARTBEATS = 20;

  /** Where it stands. */
  enum Status {
    Pending,
    Timeout,
    Completed
  }

  final String token;
  final Hook hook;
  final String activityId;
  final List<String> instanceIds;
  final Instant startedAt;
  Instant deadline;
  int heartbeats;
  Status status = Status.Pending;

  @Nullable
  Result result;

  /** How often it was completed with an effect: more than once would be a bug of the simulator. */
  int completions;

  LifecycleAction(
      String token, Hook hook, String activityId, List<String> instanceIds, Instant now) {
    this.token = token;
    this.hook = hook;
    this.activityId = activityId;
    this.instanceIds = List.copyOf(instanceIds);
    this.startedAt = now;
    this.deadline = now.plus(hook.timeout());
  }
}
