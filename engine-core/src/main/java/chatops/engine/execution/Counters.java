package chatops.engine.execution;

/**
 * What an execution has cost so far.
 *
 * @param commits durable writes of the execution that somebody waited for, decisions included
 * @param calls OpenAPI calls sent
 * @param wakeUps times a worker took it up after the start
 * @param rows rows those writes wrote: the execution's own, tasks, large values, audit rows; log lines are not counted
 */
public record Counters(int commits, int calls, int wakeUps, int rows) {}
