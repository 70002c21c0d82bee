package chatops.engine.execution;

import chatops.engine.id.TaskPath;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * What a person wants to happen to an execution, beside votes and cancels (specification 13.2).
 *
 * @param id identity of the decision, so that a repeated delivery counts once
 * @param paths task runs and loop items it is about; empty for those that failed
 * @param task name of the task for {@code EXECUTE_TASK}; empty for the one that waits
 * @param parameters changed parameters by name, for a task that runs again or next
 * @param text reason of a pause, status of {@code COMPLETE}
 * @param outcome what came of it; empty while the worker has not done it
 */
public record Order(
    String id,
    Kind kind,
    List<TaskPath> paths,
    String task,
    ObjectNode parameters,
    String text,
    Person by,
    Instant at,
    String outcome) {

  /** What can be wanted. */
  public enum Kind {
    PAUSE,
    RESUME,
    /** Run failed tasks again, from there on. */
    RETRY,
    /** Go on as if failed tasks had succeeded without outputs. */
    SKIP,
    /** Debug mode: run one task. */
    EXECUTE_TASK,
    /** Debug mode: do not run the task that waits. */
    CANCEL_TASK,
    /** Debug mode: end the execution. */
    COMPLETE
  }

  public Order {
    paths = List.copyOf(paths);
  }

  public static Order of(String id, Kind kind, Person by, Instant at) {
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    return new Order(id, kind, List.of(), "", none, "", by, at, "");
  }

  public Order about(List<TaskPath> what) {
    return new Order(id, kind, what, task, parameters, text, by, at, outcome);
  }

  public Order with(String taskName, ObjectNode changed) {
    return new Order(id, kind, paths, taskName, changed, text, by, at, outcome);
  }

  public Order saying(String what) {
    return new Order(id, kind, paths, task, parameters, what, by, at, outcome);
  }

  /** Done; what it carried is not needed any more. */
  Order done(String how) {
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    return new Order(id, kind, paths, task, none, text, by, at, how);
  }

  public boolean isOpen() {
    return outcome.isEmpty();
  }
}
