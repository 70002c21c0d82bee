package chatops.engine.store;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Newest executions first. Null fields do not filter; {@code before} is exclusive and pages backwards in time. */
public record ExecutionQuery(
    @Nullable String status,
    @Nullable String template,
    @Nullable String startedBy,
    @Nullable Instant before,
    int limit) {

  /** The order of answers: youngest first, equal times by id. */
  public static final Comparator<ExecutionRow> NEWEST_FIRST =
      Comparator.comparing(ExecutionRow::createdAt).reversed().thenComparing(ExecutionRow::id);

  /** Whether a row passes every filter; stores that cannot filter on their side use it. */
  public boolean matches(ExecutionRow row) {
    return (status == null || status.equals(row.status()))
        && (template == null || template.equals(row.template()))
        && (startedBy == null || startedBy.equals(row.startedBy()))
        && (before == null || row.createdAt().isBefore(before));
  }
}
