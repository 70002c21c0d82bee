package chatops.engine.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One task run or loop item as chat and pages may show it: no secret in any text or value.
 *
 * @param path place in the execution, e.g. {@code t0002.0003/t0001}
 * @param loopItem null when it is not an item
 * @param items number of items of a looping task; -1 when it does not loop
 * @param attempt how often a person had it begun anew
 */
public record TaskView(
    String path,
    String name,
    String action,
    String status,
    String waitingFor,
    String code,
    String message,
    ObjectNode outputs,
    @Nullable JsonNode loopItem,
    int items,
    int calls,
    int attempt,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Instant wakeAt) {}
