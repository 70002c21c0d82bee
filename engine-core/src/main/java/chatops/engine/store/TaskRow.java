package chatops.engine.store;

import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;

/** One task run or loop item; written only where the stored epoch is not newer. */
public record TaskRow(
    ExecutionId execution, TaskPath path, long epoch, int schema, String document) {}
