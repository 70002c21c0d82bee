package chatops.engine.run;

import chatops.engine.execution.Execution;

/** An execution as it was read, with the version a change must expect. */
public record Stored(Execution execution, long version) {}
