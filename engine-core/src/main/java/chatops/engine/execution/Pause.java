package chatops.engine.execution;

import java.time.Instant;

/** Somebody lets an execution stand still: running calls finish, nothing new starts. */
public record Pause(Person by, String reason, Instant at) {}
