package chatops.engine.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Newest executions first. Null fields do not filter; {@code before} is exclusive and pages backwards in time. */
public record ExecutionQuery(
    @Nullable String status,
    @Nullable String template,
    @Nullable String startedBy,
    @Nullable Instant before,
    int limit) {}
