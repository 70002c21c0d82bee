package chatops.engine;

import java.util.List;

/**
 * One API of high risk that a template, or one it calls, would call.
 *
 * @param tasks names of the tasks that call it
 * @param templates templates those tasks are in, in the same order, each named once
 */
public record RiskyTask(String service, String api, List<String> tasks, List<String> templates) {
  public RiskyTask {
    tasks = List.copyOf(tasks);
    templates = List.copyOf(templates);
  }
}
