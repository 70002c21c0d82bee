package chatops.engine.view;

import chatops.engine.execution.Approval;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Request;
import chatops.engine.execution.TaskExecution;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Makes views of executions and tasks, with NoEcho values masked wherever they appear. */
public final class Views {
  private Views() {}

  /** @param tasks rows of the execution, as far as they are at hand; only names are taken from them */
  public static ExecutionView of(Execution e, long version, List<TaskExecution> tasks) {
    Mask mask = mask(e.request());
    ObjectNode empty = JsonNodeFactory.instance.objectNode();
    return new ExecutionView(
        e.id().value(),
        version,
        e.request().template(),
        e.status().text(),
        e.waitingStatus(),
        mask.text(e.statusMessage()),
        parameters(e.request()),
        e.outputs() == null ? empty : mask.object(e.outputs()),
        e.request().startedBy().id(),
        e.request().origin(),
        e.request().replyAddress(),
        e.request().regionId(),
        e.request().ramRole(),
        tasks.stream()
            .filter(t -> t.path().equals(e.root().current()))
            .map(TaskExecution::name)
            .findFirst()
            .orElse(""),
        e.approvals().values().stream().map(a -> masked(a, mask)).toList(),
        List.copyOf(e.questions().values()),
        e.counters(),
        e.request().createdAt(),
        e.updatedAt(),
        e.endedAt(),
        e.wakeAt());
  }

  public static TaskView of(TaskExecution t, Mask mask) {
    return new TaskView(
        t.path().value(),
        t.name(),
        t.action(),
        t.status().text(),
        t.waitingFor(),
        t.code(),
        mask.text(t.message()),
        mask.object(t.outputs()),
        t.loopItem() == null ? null : mask.value(t.loopItem()),
        t.loop() == null ? -1 : t.loop().items().size(),
        t.calls(),
        t.startedAt(),
        t.endedAt(),
        t.wakeAt());
  }

  /** Hides every text and number inside NoEcho parameters. */
  public static Mask mask(Request request) {
    List<String> secrets = new ArrayList<>();
    request.noEcho().forEach(name -> collect(request.parameters().path(name), secrets));
    return Mask.of(secrets);
  }

  private static ObjectNode parameters(Request request) {
    ObjectNode shown = mask(request).object(request.parameters()).deepCopy();
    request.noEcho().stream().filter(shown::has).forEach(name -> shown.put(name, Mask.SHOWN));
    return shown;
  }

  private static Approval masked(Approval a, Mask mask) {
    return new Approval(
        a.id(),
        a.path(),
        a.task(),
        a.kind(),
        mask.text(a.question()),
        a.approvers(),
        a.needed(),
        a.excluded(),
        a.targets(),
        a.targetCount(),
        a.digest(),
        a.openedAt(),
        a.expiresAt(),
        a.votes(),
        a.outcome(),
        a.closedAt());
  }

  private static void collect(JsonNode value, List<String> secrets) {
    if (value.isTextual() || value.isNumber()) {
      secrets.add(value.asText());
    }
    value.forEach(child -> collect(child, secrets));
  }
}
