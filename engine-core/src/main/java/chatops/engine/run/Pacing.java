package chatops.engine.run;

import chatops.engine.cloud.ApiException;
import chatops.engine.cloud.ApiRequest;
import chatops.engine.cloud.Caller;
import chatops.engine.execution.Execution;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Lets the calls of one execution out at the pace of their APIs, among those of all others in this process. What waits here
 * needs no row: another worker asks anew. Used by one thread.
 */
final class Pacing {
  /** A place in the queue may come up earlier than was thought. */
  private static final Duration GLANCE = Duration.ofSeconds(2);

  private final Means means;
  private final Caller caller;
  private final Map<TaskPath, Want> wants = new HashMap<>();
  private final Set<TaskPath> waiting = new HashSet<>();
  private final Set<TaskPath> admitted = new HashSet<>();

  /** The call a task asked for last. */
  private record Want(ApiRequest request, String ramRole) {}

  /** Who stands in a queue. */
  private record Waiter(ExecutionId execution, TaskPath path) {}

  Pacing(Means means, Execution execution) {
    this.means = means;
    this.caller = execution.caller();
  }

  /** Whether a call may go out now; else the turn says when to ask again. */
  boolean admits(TaskPath path, ApiRequest request, String ramRole, Turn turn) {
    if (!wants(path, request, ramRole)) {
      return true;
    }
    return admitted.remove(path) || !waits(path, turn);
  }

  /** Notes what a task calls. @return false when nothing but that call itself can tell how often it may be made */
  boolean wants(TaskPath path, ApiRequest request, String ramRole) {
    boolean isPaced = !request.isWeb() && !means.oos().answers(request);
    if (isPaced) {
      wants.put(path, new Want(request, ramRole));
    } else {
      wants.remove(path);
    }
    return isPaced;
  }

  /** Whether the task's call goes to the cloud. */
  boolean isPaced(TaskPath path) {
    return wants.containsKey(path);
  }

  /** Whether a task that waits for its turn has to go on waiting. */
  boolean holds(TaskPath path, Turn turn) {
    if (!waiting.contains(path)) {
      return false;
    }
    if (waits(path, turn)) {
      return true;
    }
    admitted.add(path);
    return false;
  }

  /**
   * The cloud refused the task's call because there are too many: it stands in the queue again.
   *
   * @return false when another call than its own was refused, whose pace is not known here
   */
  boolean refused(TaskPath path, ApiException error, Turn turn) {
    Want want = wants.get(path);
    boolean isOwn = want != null && want.request().name().equals(error.api());
    if (!waits(path, turn)) {
      admitted.add(path);
      turn.wake(turn.now());
    }
    return isOwn || waiting.contains(path);
  }

  private boolean waits(TaskPath path, Turn turn) {
    Want want = wants.get(path);
    if (want == null) {
      return false;
    }
    Ports ports = means.ports();
    Duration wait = ports.credentials().wait(caller, want.ramRole());
    if (wait.isZero()) {
      long now = ports.nanos().getAsLong();
      wait = Duration.ofNanos(
          means.paces().of(want.request(), now).ask(new Waiter(caller.execution(), path), now));
    }
    if (wait.isZero()) {
      waiting.remove(path);
      return false;
    }
    waiting.add(path);
    boolean staysHere = wait.compareTo(means.settings().inProcessWait()) <= 0;
    turn.wake(turn.now().plus(staysHere && wait.compareTo(GLANCE) > 0 ? GLANCE : wait));
    turn.slow(want.request().name());
    return true;
  }
}
