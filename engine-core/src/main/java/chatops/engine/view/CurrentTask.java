package chatops.engine.view;

/**
 * A task that runs or waits now.
 *
 * @param path place in the execution, as in {@link TaskView}
 */
public record CurrentTask(String path, String name, String action) {}
