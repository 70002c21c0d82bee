package chatops.local.simulate;

import chatops.engine.view.TaskView;
import chatops.local.rehearsal.MadeCall;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;

/**
 * What came of one template.
 *
 * @param status one of Success, Failed, Cancelled, Refused
 * @param reason why it is not Success; empty otherwise
 * @param isExpected whether a scenario expects something
 * @param unmet what was expected and did not come, as lines of a comparison; empty without a scenario
 */
public record Simulated(
    Path file,
    String status,
    String reason,
    List<TaskView> tasks,
    List<MadeCall> calls,
    ObjectNode outputs,
    boolean isExpected,
    List<String> unmet) {
  public static final String SUCCESS = "Success";
  public static final String REFUSED = "Refused";

  static Simulated refused(Path file, String reason) {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    return new Simulated(file, REFUSED, reason, List.of(), List.of(), nothing, false, List.of());
  }

  /** Success without a scenario, and as it says with one that expects something. */
  public boolean isAsWanted() {
    return isExpected ? unmet.isEmpty() : status.equals(SUCCESS);
  }

  /** {@code file}, {@code status}, {@code reason}, {@code tasks}, {@code calls}. */
  public ObjectNode toJson() {
    ObjectNode object = JsonNodeFactory.instance
        .objectNode()
        .put("file", file.toString())
        .put("status", status)
        .put("reason", reason);
    var list = object.putArray("tasks");
    tasks.forEach(task -> list.add(toJson(task)));
    var made = object.putArray("calls");
    calls.forEach(call -> made.add(call.toJson()));
    return object;
  }

  private static ObjectNode toJson(TaskView task) {
    ObjectNode object = JsonNodeFactory.instance
        .objectNode()
        .put("path", task.path())
        .put("name", task.name())
        .put("action", task.action())
        .put("status", task.status())
        .put("startedAt", task.startedAt().toString());
    if (task.endedAt() != null) {
      object.put("endedAt", task.endedAt().toString());
    }
    if (!task.message().isEmpty()) {
      object.put("message", task.message());
    }
    JsonNode item = task.loopItem();
    if (item != null) {
      object.set("loopItem", item);
    }
    object.set("outputs", task.outputs());
    return object;
  }
}
