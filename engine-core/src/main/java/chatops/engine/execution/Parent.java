package chatops.engine.execution;

import chatops.engine.id.ExecutionId;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which firing of which trigger execution a child belongs to.
 *
 * @param body the event, result of the trigger task; null for timers
 */
public record Parent(
    ExecutionId execution, Instant firedAt, @Nullable JsonNode body) {}
