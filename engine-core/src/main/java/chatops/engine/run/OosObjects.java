package chatops.engine.run;

import chatops.engine.execution.Execution;
import chatops.engine.execution.Failure;
import chatops.engine.execution.Frame;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.view.Mask;
import chatops.engine.view.Views;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Executions and task executions as the OOS API shows them (specification 13.4; OOS API reference 2019-06-01, ListExecutions and
 * ListTaskExecutions), with secrets masked. A nested template is an execution with an id of its own.
 *
 * @param tasks all task runs of the execution
 */
record OosObjects(Execution execution, List<TaskExecution> tasks) {

  ObjectNode root() {
    Execution e = execution;
    Failure failure = e.root().failure();
    String message =
        e.statusMessage().isEmpty() && failure != null ? failure.text() : e.statusMessage();
    String parent =
        e.request().parent() == null ? "" : e.request().parent().execution().value();
    ObjectNode object = common(
        e.id().value(),
        parent,
        e.root(),
        e.status().text(),
        message,
        e.request().createdAt(),
        e.endedAt());
    object.put("WaitingStatus", e.waitingStatus());
    object.put("UpdateDate", date(e.updatedAt()));
    object.put("IsParent", e.watch() != null);
    object.put("Category", e.request().category());
    object.put("Outputs", mask().object(outputs(e.outputs())).toString());
    tasks.stream()
        .filter(task -> task.path().equals(e.root().current()) && !task.status().isFinal())
        .forEach(task -> object
            .withArrayProperty("CurrentTasks")
            .addObject()
            .put("TaskName", task.name())
            .put("TaskAction", task.action())
            .put("TaskExecutionId", task.path().executionId(e.id())));
    return object;
  }

  /** The execution of the template inside a task or loop item. */
  ObjectNode nested(TaskExecution task, Frame frame) {
    Execution e = execution;
    ObjectNode object = common(
        task.path().executionId(e.id()),
        task.path().frame().executionId(e.id()),
        frame,
        status(task.status()),
        task.message(),
        task.startedAt(),
        task.endedAt());
    object.put(
        "Outputs",
        mask()
            .object(task.result() instanceof ObjectNode all ? all : task.outputs())
            .toString());
    return object;
  }

  private ObjectNode common(
      String id,
      String parent,
      Frame frame,
      String status,
      String message,
      Instant created,
      @Nullable Instant ended) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("ExecutionId", id);
    if (!parent.isEmpty()) {
      object.put("ParentExecutionId", parent);
    }
    object.put("TemplateName", frame.template().name());
    object.put(
        "TemplateId",
        "t-"
            + frame
                .template()
                .hash()
                .substring(0, Math.min(20, frame.template().hash().length())));
    object.put("TemplateVersion", frame.template().version());
    object.put("Mode", execution.request().mode());
    object.put("RamRole", frame.ramRole());
    object.put("ExecutedBy", execution.request().startedBy().name());
    object.set("Parameters", mask().object(frame.parameters()));
    object.put("Status", status);
    object.put("StatusMessage", mask().text(message));
    object.put("IsParent", false);
    object.put("Category", "Other");
    object.putArray("CurrentTasks");
    object.putObject("Tags");
    object.put("CreateDate", date(created));
    object.put("StartDate", date(created));
    if (ended != null) {
      object.put("EndDate", date(ended));
    }
    return object;
  }

  ArrayNode taskExecutions() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (TaskExecution task : tasks) {
      ObjectNode object = list.addObject();
      object.put("TaskExecutionId", task.path().executionId(execution.id()));
      object.put("ExecutionId", task.path().frame().executionId(execution.id()));
      if (task.isItem()) {
        object.put("ParentTaskExecutionId", task.path().loop().executionId(execution.id()));
        object.put("LoopBatchNumber", task.batch());
      }
      if (task.frame() != null) {
        object.put("ChildExecutionId", task.path().executionId(execution.id()));
      }
      if (task.loopItem() != null) {
        object.put(
            "LoopItem",
            mask()
                .text(
                    task.loopItem().isTextual()
                        ? task.loopItem().textValue()
                        : task.loopItem().toString()));
      }
      object.put("TaskName", task.name());
      object.put("TaskAction", task.action());
      object.put("Status", status(task.status()));
      object.put("StatusMessage", mask().text(task.message()));
      object.put("Outputs", mask().object(task.outputs()).toString());
      object.put("CreateDate", date(task.startedAt()));
      object.put("StartDate", date(task.startedAt()));
      if (task.endedAt() != null) {
        object.put("EndDate", date(task.endedAt()));
      }
    }
    return list;
  }

  private Mask mask() {
    return Views.mask(execution);
  }

  private static ObjectNode outputs(@Nullable ObjectNode outputs) {
    return outputs == null ? JsonNodeFactory.instance.objectNode() : outputs;
  }

  private static String status(TaskStatus status) {
    return status.text();
  }

  private static String date(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
