package chatops.engine.execution;

/**
 * One worker's time with an execution.
 *
 * @param name unique, so that two workers that raised the same epoch are told apart
 * @param lastStep the last commit that landed in it
 */
public record Era(String name, long epoch, long lastStep) {}
