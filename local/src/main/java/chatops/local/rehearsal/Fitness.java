package chatops.local.rehearsal;

import chatops.engine.EngineException;
import chatops.engine.expression.JsonText;
import chatops.engine.expression.Matching;
import chatops.engine.expression.Scope;
import chatops.engine.expression.Selector;
import chatops.engine.template.Task;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Whether an answer is what a task waits for, found out by the task's own selectors. */
final class Fitness {
  private Fitness() {}

  static boolean of(Sighting seen, JsonNode body) {
    Task task = seen.task();
    Selector selector = task.propertySelector();
    if (selector == null) {
      return outputsCanBeRead(task, seen.scope(), body);
    }
    try {
      List<JsonNode> found = selector.select(body, seen.scope());
      List<JsonNode> wanted = list(task, "DesiredValues", seen.scope());
      boolean isWanted = wanted.isEmpty()
          ? Matching.none(found, list(task, "NotDesiredValues", seen.scope()))
          : Matching.all(found, wanted);
      return isWanted && outputsCanBeRead(task, seen.scope(), body);
    } catch (EngineException unreadable) {
      return false;
    }
  }

  private static boolean outputsCanBeRead(Task task, Scope scope, JsonNode body) {
    try {
      task.outputs().values().forEach(output -> output.selector().select(body, scope));
      return true;
    } catch (EngineException unreadable) {
      return false;
    }
  }

  private static List<JsonNode> list(Task task, String property, Scope scope) {
    List<JsonNode> values = new ArrayList<>();
    task.properties().forEach((name, expression) -> {
      if (name.equalsIgnoreCase(property)) {
        JsonNode value = expression.evaluate(scope);
        JsonNode parsed =
            value.isTextual() ? JsonText.parseContainer(value.textValue()).orElse(value) : value;
        if (parsed.isArray()) {
          parsed.forEach(values::add);
        } else if (!parsed.isNull()) {
          values.add(parsed);
        }
      }
    });
    return values;
  }
}
