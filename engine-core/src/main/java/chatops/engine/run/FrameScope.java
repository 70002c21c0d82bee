package chatops.engine.run;

import chatops.engine.execution.Execution;
import chatops.engine.execution.Frame;
import chatops.engine.execution.TaskExecution;
import chatops.engine.execution.TaskStatus;
import chatops.engine.expression.ExpressionException;
import chatops.engine.expression.Scope;
import chatops.engine.id.TaskPath;
import chatops.engine.template.Parameter;
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
    Means means,
    TaskPath at,
    Template template,
    @Nullable JsonNode item,
    Instant time)
    implements Scope {

  @Override
  public JsonNode parameter(String name) {
    JsonNode value = find(ledger.frame(ledger.home(at)).parameters(), name);
    Parameter declared = template.parameters().get(name);
    if (declared != null && declared.noEcho()) {
      // a nested template may declare secret what the one around it did not
      ledger.made(value, List.of());
      ledger.secretRead();
      return value;
    }
    return read(value);
  }

  private JsonNode read(JsonNode value) {
    if (ledger.mask().hides(value)) {
      ledger.secretRead();
    }
    return value;
  }

  @Override
  public int secretsRead() {
    return ledger.secretsRead();
  }

  @Override
  public boolean isSecret(JsonNode value) {
    return ledger.mask().hides(value);
  }

  @Override
  public void made(JsonNode value, List<JsonNode> of) {
    ledger.made(value, of);
  }

  @Override
  public JsonNode taskOutputs(String task) {
    return read(outputs(task));
  }

  private JsonNode outputs(String task) {
    if (isAround(task)) {
      return around().outputs(task);
    }
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
    if (isAround(task)) {
      return around().taskResult(task);
    }
    TaskExecution run = latest(task);
    return run == null || run.result() == null ? NullNode.getInstance() : read(run.result());
  }

  @Override
  public JsonNode pseudo(String name) {
    Execution e = ledger.execution();
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "regionid" -> TextNode.valueOf(e.request().regionId());
      case "executionid" -> TextNode.valueOf(at.executionId(e.id()));
      case "accountid" -> TextNode.valueOf(means.settings().accountId());
      case "currentutctime" ->
        TextNode.valueOf(time.truncatedTo(ChronoUnit.SECONDS).toString());
      case "currentdate" ->
        TextNode.valueOf(DateTimeFormatter.ISO_LOCAL_DATE.format(time.atOffset(ZoneOffset.UTC)));
      case "executeuser" -> TextNode.valueOf(e.request().startedBy().name());
      case "oosutilversion" -> TextNode.valueOf(means.settings().utilVersion());
      case "taskloopitem" -> read(nearestItem());
      default -> throw new ExpressionException("unknown pseudo parameter ACS::" + name);
    };
  }

  @Override
  public JsonNode stored(String reference) {
    return read(TextNode.valueOf(ledger.fetched(reference, at)));
  }

  /** The item of the task's own loop, else of the iteration it runs in. */
  private JsonNode nearestItem() {
    if (item != null) {
      return item;
    }
    boolean isInside = ledger.frame(at).isIteration();
    JsonNode outer = isInside ? ledger.known(at).loopItem() : null;
    return outer == null ? NullNode.getInstance() : outer;
  }

  /** Whether a task named inside an iteration is one around its ACS::Loop. */
  private boolean isAround(String task) {
    return ledger.frame(at).isIteration()
        && template.tasks().stream().noneMatch(t -> t.name().equalsIgnoreCase(task));
  }

  private FrameScope around() {
    return of(at.loop().frame());
  }

  /** What is seen at another frame of the same execution, at the same time. */
  FrameScope of(TaskPath frame) {
    return new FrameScope(ledger, means, frame, means.library().of(ledger, frame), null, time);
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
