package chatops.engine.view;

import chatops.engine.execution.Approval;
import chatops.engine.execution.Contact;
import chatops.engine.execution.Counters;
import chatops.engine.execution.Pause;
import chatops.engine.execution.Pin;
import chatops.engine.execution.Question;
import chatops.engine.execution.Watch;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An execution as chat and pages may show it: no secret in any text or value.
 *
 * @param status as OOS spells it
 * @param currentTask name of the task that runs in the root frame; empty when none
 * @param outputs empty until the end
 * @param wakeAt when the sweep looks at it; null when never again
 * @param category {@code Other}, or the kind of trigger its template begins with
 * @param parent id of the trigger execution that started it; null when none did
 * @param watch next and past firings of an execution that waits for a trigger (OOS calls it a parent); null for all
 *     others. Bodies of messages are not in it.
 * @param currentTasks the innermost that run or wait now, at most 20; empty in lists
 * @param pause who paused it and why; null while nobody has
 * @param undelivered what people should have been told and were not
 * @param changedBy ids of people who ordered that it do something else than was asked for
 */
public record ExecutionView(
    String id,
    long version,
    Pin template,
    String status,
    String waitingStatus,
    String statusMessage,
    ObjectNode parameters,
    ObjectNode outputs,
    String startedBy,
    Map<String, String> origin,
    String replyAddress,
    String regionId,
    String ramRole,
    String currentTask,
    List<Approval> approvals,
    List<Question> questions,
    Counters counters,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant endedAt,
    @Nullable Instant wakeAt,
    String category,
    @Nullable String parent,
    @Nullable Watch watch,
    String mode,
    @Nullable Pause pause,
    List<CurrentTask> currentTasks,
    List<Contact.Missed> undelivered,
    List<String> changedBy) {
  public ExecutionView {
    approvals = List.copyOf(approvals);
    questions = List.copyOf(questions);
    origin = Map.copyOf(origin);
    currentTasks = List.copyOf(currentTasks);
    undelivered = List.copyOf(undelivered);
    changedBy = List.copyOf(changedBy);
  }

  /** As OOS calls an execution whose firings start children. */
  public boolean isParent() {
    return watch != null;
  }
}
