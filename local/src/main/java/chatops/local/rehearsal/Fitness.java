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
    if (!task.rules().isEmpty()) {
      return rulesHold(task, seen.scope(), body) && outputsCanBeRead(task, seen.scope(), body);
    }
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

  private static boolean rulesHold(Task task, Scope scope, JsonNode body) {
    try {
      JsonNode map = look(task, scope);
      for (Task.Rule rule : task.rules()) {
        List<JsonNode> found = rule.selector().select(body, scope);
        JsonNode value = rule.value(map);
        boolean holds = switch (rule.operator()) {
          case EQUALS -> Matching.all(found, List.of(value));
          case IN -> Matching.all(found, elements(value));
          case NOT_IN -> Matching.none(found, elements(value));
        };
        if (!holds) {
          return false;
        }
      }
      return true;
    } catch (EngineException unreadable) {
      return false;
    }
  }

  /** The map in which a web request says what it looks for; JSON null when it has none. */
  private static JsonNode look(Task task, Scope scope) {
    JsonNode waiting = Observation.evaluated(task, "WaitFor", scope);
    return waiting.isObject() ? waiting : Observation.evaluated(task, "CheckFor", scope);
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
    JsonNode look = look(task, scope);
    return elements(
        look.isObject() ? look.path(property) : Observation.evaluated(task, property, scope));
  }

  private static List<JsonNode> elements(JsonNode value) {
    List<JsonNode> values = new ArrayList<>();
    JsonNode parsed =
        value.isTextual() ? JsonText.parseContainer(value.textValue()).orElse(value) : value;
    if (parsed.isArray()) {
      parsed.forEach(values::add);
    } else if (!parsed.isNull() && !parsed.isMissingNode()) {
      values.add(parsed);
    }
    return values;
  }
}
