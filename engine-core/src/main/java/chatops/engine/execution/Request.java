package chatops.engine.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an execution was started with; never changes.
 *
 * @param parameters bound values by declared name
 * @param noEcho names of parameters whose values must never be shown
 * @param replyAddress opaque, sealed by the host
 * @param origin opaque facts of the host
 * @param category one of {@link Category}; rows of format 1 have none
 * @param parent set on a child of a trigger execution
 * @param loopMode overrides BatchPauseOption of all loops, unless it is Automatic
 * @param safetyCheck one of {@link SafetyCheck}; executions of format 1 know none
 */
public record Request(
    Pin template,
    ObjectNode parameters,
    List<String> noEcho,
    Person startedBy,
    String replyAddress,
    Map<String, String> origin,
    String regionId,
    String ramRole,
    String mode,
    Instant createdAt,
    String category,
    @Nullable Parent parent,
    String loopMode,
    String safetyCheck) {
  public Request {
    category = Objects.requireNonNullElse(category, Category.OTHER);
    loopMode = Objects.requireNonNullElse(loopMode, Mode.AUTOMATIC);
    safetyCheck = Objects.requireNonNullElse(safetyCheck, SafetyCheck.SKIP);
    noEcho = List.copyOf(noEcho);
    origin = Map.copyOf(origin);
  }
}
