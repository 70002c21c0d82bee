package chatops.engine.store;

import chatops.engine.id.ExecutionId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One execution as a store sees it: the columns that stores index or compare, and the document only the engine reads.
 *
 * @param version optimistic lock; 1 on creation, one more on every save
 * @param schema format of {@code document}
 * @param epoch raised by every lease; task rows of an older epoch are refused
 * @param status as OOS spells it
 * @param wakeAt when the sweep must look at this row; null only on a final row with nothing left to tell
 * @param document JSON text, at most 64 KB
 */
public record ExecutionRow(
    ExecutionId id,
    long version,
    int schema,
    long epoch,
    String status,
    @Nullable Instant wakeAt,
    Instant createdAt,
    String template,
    String startedBy,
    String document) {
  /** The same execution at another version, with another document. */
  public ExecutionRow as(long version, String document) {
    return new ExecutionRow(
        id, version, schema, epoch, status, wakeAt, createdAt, template, startedBy, document);
  }
}
