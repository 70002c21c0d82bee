package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.action.Action;
import chatops.engine.action.Actions;
import chatops.engine.expression.Expression;
import chatops.engine.expression.Literal;
import chatops.engine.template.Task;
import chatops.engine.template.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/** Whether this engine can run a template with everything it calls; found out before it starts, not in the middle. */
public final class Suitability {
  private final Library library;
  private final Actions actions = Actions.builtIn();

  public Suitability(Library library) {
    this.library = library;
  }

  /** @throws EngineException naming template, task and action that cannot be run, or the circle of calls */
  public void check(Template template) {
    check(template, new HashSet<>(), new ArrayDeque<>());
  }

  /** As {@link #check}, for a template that runs inside a task. */
  void checkNested(Template template) {
    check(template);
    refuseTrigger(template);
  }

  private void check(Template template, Set<String> seen, Deque<String> callers) {
    String key = template.name().toLowerCase(Locale.ROOT);
    if (callers.contains(key)) {
      throw new EngineException("templates call each other in a circle: " + circle(callers, key));
    }
    if (!seen.add(key)) {
      return;
    }
    callers.addLast(key);
    for (Task task : template.tasks()) {
      check(template, task, seen, callers);
    }
    callers.removeLast();
  }

  private void check(Template template, Task task, Set<String> seen, Deque<String> callers) {
    Action action = actions.find(task.action());
    if (action != null) {
      checkLoop(template, task, action);
      task.loopTasks().forEach(inner -> check(template, inner, seen, callers));
      nested(template, task).ifPresent(child -> {
        refuseTrigger(child);
        check(child, seen, callers);
      });
      return;
    }
    if (Actions.isKnownButUnsupported(task.action())) {
      throw new EngineException(where(template, task) + ": action " + task.action()
          + " is not supported by this engine; supported: "
          + String.join(", ", actions.names()));
    }
    Optional<Library.Entry> product = library.find(task.action(), "");
    if (product.isEmpty()) {
      throw new EngineException(where(template, task) + ": no action is called " + task.action()
          + "; put its template into a templates directory");
    }
    refuseTrigger(product.get().template());
    check(product.get().template(), seen, callers);
  }

  /** The template that ACS::Template runs, where it is written out; one that cannot be found fails its task later. */
  private Optional<Template> nested(Template template, Task task) {
    if (!task.action().equalsIgnoreCase("ACS::Template")) {
      return Optional.empty();
    }
    String name = literal(task, "TemplateName").asText("").strip();
    JsonNode content = literal(task, "TemplateContent");
    if (!name.isEmpty()) {
      return library
          .find(name, literal(task, "TemplateVersion").asText("").strip())
          .map(Library.Entry::template);
    }
    String text = content.isTextual() ? content.textValue() : content.toString();
    String known = template.name() + ", content of task " + task.name();
    return text.isBlank()
        ? Optional.empty()
        : Optional.of(library.inline(known, text).template());
  }

  private static JsonNode literal(Task task, String property) {
    for (Map.Entry<String, Expression> e : task.properties().entrySet()) {
      if (e.getKey().equalsIgnoreCase(property) && e.getValue() instanceof Literal literal) {
        return literal.value();
      }
    }
    return MissingNode.getInstance();
  }

  private static void refuseTrigger(Template nested) {
    String first = nested.tasks().get(0).action().toUpperCase(Locale.ROOT);
    if (first.endsWith("TRIGGER") && first.startsWith("ACS::")) {
      throw new EngineException("template " + nested.name() + " starts with the trigger "
          + nested.tasks().get(0).action() + " and cannot run inside a task");
    }
  }

  private static String circle(Deque<String> callers, String key) {
    StringJoiner circle = new StringJoiner(" → ");
    Iterator<String> each = callers.iterator();
    boolean isInside = false;
    while (each.hasNext()) {
      String caller = each.next();
      isInside |= caller.equals(key);
      if (isInside) {
        circle.add(caller);
      }
    }
    return circle.add(key).toString();
  }

  private static void checkLoop(Template template, Task task, Action action) {
    if (task.loop() != null && !action.mayLoop()) {
      throw new EngineException(
          where(template, task) + ": " + action.name() + " cannot have a Loop");
    }
  }

  private static String where(Template template, Task task) {
    return "template " + template.name() + ", line " + task.position().line() + ", task "
        + task.name();
  }
}
