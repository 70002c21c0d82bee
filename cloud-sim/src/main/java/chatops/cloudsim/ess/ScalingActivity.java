package chatops.cloudsim.ess;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One scaling activity. Guarded by its {@link AutoScaling}. */
final class ScalingActivity {
  final String id;
  final ScalingGroup group;
  final Transition transition;
  final String cause;
  final Instant startedAt;
  final List<String> instanceIds;
  final List<LifecycleAction> actions = new ArrayList<>();
  String statusCode = "InProgress";
  String statusMessage = "";

  @Nullable
  Instant endedAt;

  ScalingActivity(
      String id,
      ScalingGroup group,
      Transition transition,
      String cause,
      Instant startedAt,
      List<String> instanceIds) {
    this.id = id;
    this.group = group;
    this.transition = transition;
    this.cause = cause;
    this.startedAt = startedAt;
    this.instanceIds = List.copyOf(instanceIds);
  }

  boolean isInProgress() {
    return endedAt == null;
  }

  String description() {
    String verb = transition == Transition.SCALE_OUT ? "Add" : "Remove";
    return verb + " \"" + instanceIds.size() + "\" ECS instance"
        + (instanceIds.size() == 1 ? "" : "s");
  }
}
