package chatops.chat.view;

import java.util.List;

/**
 * One task run, or one item of a loop, as a timeline shows it.
 *
 * @param path place in the execution, such as {@code t0002.0003/t0001}
 * @param depth how many frames it lies in
 * @param item what a loop item is about; empty when it is none
 * @param status as OOS spells it; {@code waitingFor} what it waits for
 * @param items how many items a looping task has; 0 when it does not loop. {@code done}, {@code failed} and {@code running} of them
 * @param wakeAt when it goes on by itself
 * @param calls OpenAPI calls it made
 * @param attempt how often it was begun anew by a person
 * @param failed items that failed
 * @param isFailedNow whether it can be retried or skipped now
 */
public record TaskLine(
    String path,
    int depth,
    String name,
    String action,
    String item,
    String status,
    String waitingFor,
    String code,
    String message,
    String startedAt,
    String endedAt,
    String wakeAt,
    int items,
    int done,
    int failed,
    int running,
    int calls,
    int attempt,
    boolean isFailedNow,
    List<Output> outputs) {

  /** One of its outputs. */
  public record Output(String name, String value) {}

  public TaskLine {
    outputs = List.copyOf(outputs);
  }
}
