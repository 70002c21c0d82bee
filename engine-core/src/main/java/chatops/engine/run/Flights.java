package chatops.engine.run;

import chatops.engine.action.Reply;
import chatops.engine.id.TaskPath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Effects that were sent and have not come back, and replies that nobody has read yet. Used by one thread. */
final class Flights {
  private final Set<TaskPath> flying = new HashSet<>();
  private final Map<TaskPath, Reply> arrived = new HashMap<>();

  void depart(TaskPath path) {
    flying.add(path);
  }

  void arrive(TaskPath path, Reply reply) {
    flying.remove(path);
    arrived.put(path, reply);
  }

  boolean isFlying(TaskPath path) {
    return flying.contains(path);
  }

  boolean isEmpty() {
    return flying.isEmpty();
  }

  @Nullable
  Reply take(TaskPath path) {
    return arrived.remove(path);
  }
}
