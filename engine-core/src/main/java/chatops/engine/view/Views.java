package chatops.engine.view;

import chatops.engine.cloud.ParameterStore;
import chatops.engine.execution.Approval;
import chatops.engine.execution.Category;
import chatops.engine.execution.Counters;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Mode;
import chatops.engine.execution.Person;
import chatops.engine.execution.Pin;
import chatops.engine.execution.Request;
import chatops.engine.execution.TaskExecution;
import chatops.engine.store.ExecutionRow;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes views of executions and tasks, with NoEcho values masked wherever they appear. */
public final class Views {
  private static final int MOST_CURRENT = 20;

  private Views() {}

  /** @param tasks rows of the execution, as far as they are at hand; only names are taken from them */
  public static ExecutionView of(Execution e, long version, List<TaskExecution> tasks) {
    Mask mask = mask(e);
    ObjectNode empty = JsonNodeFactory.instance.objectNode();
    return new ExecutionView(
        e.id().value(),
        version,
        e.request().template(),
        e.status().text(),
        e.waitingStatus(),
        mask.text(e.statusMessage()),
        parameters(e),
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
        e.wakeAt(),
        e.request().category(),
        e.request().parent() == null ? null : e.request().parent().execution().value(),
        e.watch() == null ? null : e.watch().withoutBodies(),
        e.request().mode(),
        e.pause(),
        tasks.stream()
            .filter(t -> !t.status().isFinal() && t.frame() == null && t.loop() == null)
            .limit(MOST_CURRENT)
            .map(t -> new CurrentTask(t.path().value(), t.name(), t.action()))
            .toList(),
        e.contact().missed(),
        e.changedBy().stream().map(Person::id).toList());
  }

  /** What the columns of a row say whose document cannot be read; the message says why. */
  public static ExecutionView of(ExecutionRow row, String message) {
    ObjectNode empty = JsonNodeFactory.instance.objectNode();
    return new ExecutionView(
        row.id().value(),
        row.version(),
        new Pin(row.template(), "", ""),
        row.status(),
        "",
        message,
        empty,
        empty,
        row.startedBy(),
        Map.of(),
        "",
        "",
        "",
        "",
        List.of(),
        List.of(),
        new Counters(0, 0, 0, 0),
        row.createdAt(),
        row.createdAt(),
        null,
        row.wakeAt(),
        Category.OTHER,
        null,
        null,
        Mode.AUTOMATIC,
        null,
        List.of(),
        List.of(),
        List.of());
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
        t.attempt(),
        t.startedAt(),
        t.endedAt(),
        t.wakeAt());
  }

  /** Hides every text and number inside NoEcho parameters, and what came out of the parameter store as a secret. */
  public static Mask mask(Execution execution) {
    Request request = execution.request();
    List<String> secrets = new ArrayList<>();
    execution.fetched().forEach((reference, value) -> {
      if (ParameterStore.isSecret(reference)) {
        secrets.add(value);
      }
    });
    request.noEcho().forEach(name -> collect(request.parameters().path(name), secrets));
    return execution.pieces().isFull()
        ? Mask.ofAll(secrets)
        : Mask.of(secrets, execution.pieces().texts());
  }

  /** Parameters by name, without what must not be shown. */
  public static ObjectNode parameters(Execution execution) {
    Request request = execution.request();
    ObjectNode shown = mask(execution).object(request.parameters()).deepCopy();
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
        a.closedAt(),
        a.atExpiry(),
        a.remindAt());
  }

  private static void collect(JsonNode value, List<String> secrets) {
    if (value.isTextual() || value.isNumber()) {
      secrets.add(value.asText());
    }
    value.forEach(child -> collect(child, secrets));
  }
}
