package chatops.engine.run;

import chatops.engine.execution.Execution;
import chatops.engine.execution.Frame;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.expression.ExpressionException;
import chatops.engine.expression.Scope;
import chatops.engine.id.TaskPath;
import chatops.engine.template.Task;
import chatops.engine.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What expressions see inside one frame at one task. Times are the task's start, so that every try sees the same.
 *
 * @param at path of the frame
 */
record FrameScope(
    Ledger ledger,
    Settings settings,
    TaskPath at,
    Template template,
    @Nullable JsonNode item,
    Instant time)
    implements Scope {

  @Override
  public JsonNode parameter(String name) {
    return find(ledger.frame(at).parameters(), name);
  }

  @Override
  public JsonNode taskOutputs(String task) {
    TaskExecution run = latest(task);
    if (run == null || run.status() != TaskStatus.SUCCESS) {
      return NullNode.getInstance();
    }
    if (run.loop() == null) {
      return run.outputs();
    }
    ObjectNode outputs = run.outputs().deepCopy();
    for (Task definition : template.tasks()) {
      if (definition.name().equals(run.name())) {
        definition.outputs().keySet().stream()
            .filter(name -> !outputs.has(name))
            .forEach(name -> outputs.set(name, ofItems(run, name)));
      }
    }
    return outputs;
  }

  private ArrayNode ofItems(TaskExecution loop, String output) {
    return column(
        ledger.items(loop.path()).values().stream().map(TaskExecution::outputs).toList(), output);
  }

  /** One output of every item; JSON null where an item has none because it failed, so places stay as they are. */
  static ArrayNode column(List<ObjectNode> items, String output) {
    ArrayNode values = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> values.add(item.get(output)));
    return values;
  }

  @Override
  public JsonNode taskResult(String task) {
    TaskExecution run = latest(task);
    return run == null || run.result() == null ? NullNode.getInstance() : run.result();
  }

  @Override
  public JsonNode pseudo(String name) {
    Execution e = ledger.execution();
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "regionid" -> TextNode.valueOf(e.request().regionId());
      case "executionid" -> TextNode.valueOf(at.executionId(e.id()));
      case "accountid" -> TextNode.valueOf(settings.accountId());
      case "currentutctime" ->
        TextNode.valueOf(time.truncatedTo(ChronoUnit.SECONDS).toString());
      case "currentdate" ->
        TextNode.valueOf(DateTimeFormatter.ISO_LOCAL_DATE.format(time.atOffset(ZoneOffset.UTC)));
      case "executeuser" -> TextNode.valueOf(e.request().startedBy().name());
      case "oosutilversion" -> TextNode.valueOf(settings.utilVersion());
      case "taskloopitem" -> item == null ? NullNode.getInstance() : item;
      default -> throw new ExpressionException("unknown pseudo parameter ACS::" + name);
    };
  }

  @Override
  public JsonNode stored(String reference) {
    throw new ExpressionException(
        "{{ " + reference + " }}: no parameter store is connected; give the value as a parameter");
  }

  /** The newest run of a task of this template; null when it has not run. */
  private @Nullable TaskExecution latest(String task) {
    Frame frame = ledger.frame(at);
    TaskExecution near = null;
    for (int number = frame.started(); number > 0; number--) {
      TaskExecution run = ledger.task(at.task(number));
      if (run != null && run.name().equals(task)) {
        return run;
      }
      if (run != null && near == null && run.name().equalsIgnoreCase(task)) {
        near = run;
      }
    }
    return near;
  }

  private static JsonNode find(ObjectNode values, String name) {
    JsonNode exact = values.get(name);
    if (exact != null) {
      return exact;
    }
    return values.properties().stream()
        .filter(e -> e.getKey().equalsIgnoreCase(name))
        .map(java.util.Map.Entry::getValue)
        .findFirst()
        .orElse(NullNode.getInstance());
  }
}
