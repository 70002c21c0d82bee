package chatops.engine.cloud;

import chatops.engine.id.ExecutionId;

/**
 * For whom a role is assumed.
 *
 * @param startedBy immutable id of the person who started the execution
 */
public record Caller(ExecutionId execution, String startedBy) {}
