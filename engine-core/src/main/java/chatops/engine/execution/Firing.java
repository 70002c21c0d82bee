package chatops.engine.execution;

import chatops.engine.id.ExecutionId;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One firing of a trigger whose child has not ended. The child's id is derived from the firing, so that however often it is started
 * there is one.
 *
 * @param at the scheduled time, or when the event arrived
 * @param body the event; null for timers, and once the child has it
 * @param isStarted whether the child's row is there
 */
public record Firing(
    ExecutionId child, Instant at, @Nullable JsonNode body, boolean isStarted) {
  Firing started() {
    return new Firing(child, at, null, true);
  }
}
