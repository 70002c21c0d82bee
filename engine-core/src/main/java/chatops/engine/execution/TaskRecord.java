package chatops.engine.execution;

import org.jspecify.annotations.Nullable;

/**
 * A task row's document: the task as of one commit, and as of the commit before it. The execution row is the point of
 * commit; a row whose commit never got there is read as it was before, so that several rows change together or not at
 * all, in whatever order a store writes them.
 *
 * @param era name of the era that wrote it
 * @param before null when the task did not exist
 */
public record TaskRecord(
    String era,
    long epoch,
    long step,
    TaskExecution task,
    @Nullable TaskExecution before) {

  /** The task as of the execution's last commit; null when it did not exist. */
  public @Nullable TaskExecution asOf(Execution execution) {
    return execution.hasCommitted(era, epoch, step) ? task : before;
  }
}
