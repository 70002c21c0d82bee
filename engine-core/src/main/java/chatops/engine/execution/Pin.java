package chatops.engine.execution;

/** The template an execution or frame runs, fixed when it started. */
public record Pin(String name, String version, String hash) {}
