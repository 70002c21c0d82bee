package chatops.local.demo;

import chatops.cloudsim.ecs.Fleet;
import chatops.cloudsim.ecs.InstanceStatus;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks at the fleet while it reboots: which instances, and how many at once. */
final class RebootWatch {
  private final Stage stage;
  private final Set<String> seen = new TreeSet<>();
  private int mostAtOnce;

  RebootWatch(Stage stage) {
    this.stage = stage;
  }

  void look() {
    List<String> rebooting = stage.cloud().fleet().ids().stream()
        .map(stage.cloud().fleet()::look)
        .filter(sight -> sight.status() == InstanceStatus.STARTING)
        .map(Fleet.Sight::name)
        .toList();
    seen.addAll(rebooting);
    mostAtOnce = Math.max(mostAtOnce, rebooting.size());
  }

  String names() {
    return String.join(", ", seen);
  }

  int mostAtOnce() {
    return mostAtOnce;
  }
}
