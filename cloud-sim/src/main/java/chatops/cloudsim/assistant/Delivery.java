package chatops.cloudsim.assistant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One instance of an invocation: its runs, of which the last one may not have begun. Guarded by its {@link CloudAssistant}. */
final class Delivery {
  final String instanceId;
  final List<Run> runs = new ArrayList<>();
  /** When the next run begins; null when a restart of the instance sets it off, or when there is none. */
  @Nullable
  Instant dueAt;
  /** How often the instance had started when the next restart is waited for. */
  int startsSeen;

  Delivery(String instanceId, @Nullable Instant dueAt, int startsSeen) {
    this.instanceId = instanceId;
    this.dueAt = dueAt;
    this.startsSeen = startsSeen;
    runs.add(new Run(0));
  }

  Run last() {
    return runs.get(runs.size() - 1);
  }

  /** Waits for a further run. */
  void again(@Nullable Instant due, int starts) {
    dueAt = due;
    startsSeen = starts;
    Run next = new Run(runs.size());
    next.status = RunStatus.SCHEDULED;
    runs.add(next);
  }

  /** The run that tells most: the last one that has begun, else the one that waits. */
  Run shown() {
    Run last = last();
    return last.status == RunStatus.SCHEDULED && runs.size() > 1 ? runs.get(runs.size() - 2) : last;
  }

  /** A repeated one is Scheduled between its runs, whatever the last run came to. */
  RunStatus status() {
    return last().status;
  }
}
