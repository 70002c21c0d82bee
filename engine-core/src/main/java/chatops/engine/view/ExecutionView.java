package chatops.engine.view;

import chatops.engine.execution.Approval;
import chatops.engine.execution.Counters;
import chatops.engine.execution.Pin;
import chatops.engine.execution.Question;
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
    @Nullable Instant wakeAt) {
  public ExecutionView {
    approvals = List.copyOf(approvals);
    questions = List.copyOf(questions);
    origin = Map.copyOf(origin);
  }
}
