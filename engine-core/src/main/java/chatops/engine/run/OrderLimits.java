package chatops.engine.run;

import chatops.engine.execution.Execution;
import chatops.engine.execution.Frame;
import chatops.engine.execution.TaskExecution;
import chatops.engine.expression.Expression;
import chatops.engine.expression.Literal;
import chatops.engine.id.TaskPath;
import chatops.engine.template.Task;
import chatops.engine.template.Template;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an order may not do. Nobody passes over a task that asks people for their approval, itself or inside a template that it runs,
 * or changes what it asks, since then nobody would be asked; where a template's name or text is known only when its task runs, it
 * counts as one that asks. And what changes a task itself is told apart from what its template was started with.
 */
public final class OrderLimits {
  private static final String APPROVE = "ACS::Approve";
  private static final String TEMPLATE = "ACS::Template";

  private final Library library;
  private final Execution execution;
  private final Map<TaskPath, TaskExecution> tasks;

  /** @param tasks all task rows of the execution */
  public OrderLimits(Library library, Execution execution, Collection<TaskExecution> tasks) {
    this.library = library;
    this.execution = execution;
    this.tasks = tasks.stream().collect(Collectors.toMap(TaskExecution::path, Function.identity()));
  }

  /** Why tasks may not be passed over; empty when they may. */
  public String skipped(List<TaskPath> paths) {
    for (TaskPath path : paths) {
      String asking = within(path);
      if (!asking.isEmpty()) {
        return "task " + asking
            + " asks people for their approval, and what asks is not passed over; retry it, or start"
            + " anew";
      }
    }
    return "";
  }

  /** Why tasks may not run again with these names changed; empty when they may. */
  public String changed(List<TaskPath> paths, Collection<String> names) {
    for (TaskPath path : paths) {
      TaskExecution run = tasks.get(path);
      boolean isAsking = run != null && run.action().equalsIgnoreCase(APPROVE);
      for (String name : isAsking ? names : List.<String>of()) {
        Template around = template(home(path.frame()));
        boolean isParameter = around.parameters().keySet().stream().anyMatch(name::equalsIgnoreCase)
            && Amended.property(task(path), name).isEmpty();
        if (!isParameter) {
          return "task " + task(path).name() + " asks people for their approval, and " + name
              + " of it is not changed by who runs it again; parameters of template "
              + around.name() + " can be: " + around.parameters().keySet();
        }
      }
    }
    return "";
  }

  /**
   * Names that would change tasks themselves, beyond what the template was started with: another call, another script. What is called
   * as a parameter of the template is no such name, unless the task has a property that is called so and no product action is.
   */
  public Set<String> reworked(List<TaskPath> paths, Collection<String> names) {
    Set<String> reworked = new LinkedHashSet<>();
    for (TaskPath path : paths) {
      Task task = task(path);
      boolean isProductAction = task.action().split("::", -1).length > 2;
      for (String name : names) {
        boolean isProperty = Amended.property(task, name).isPresent();
        boolean isGiven =
            template(TaskPath.ROOT).parameters().keySet().stream().anyMatch(name::equalsIgnoreCase);
        boolean isPlain = isGiven && (!isProperty || isProductAction);
        if (!isPlain) {
          reworked.add(name);
        }
      }
    }
    return reworked;
  }

  /** The name of the first task at or below a path that asks; empty when none does. */
  private String within(TaskPath path) {
    for (TaskExecution run : tasks.values()) {
      if (run.path().isWithin(path) && run.action().equalsIgnoreCase(APPROVE)) {
        return run.name();
      }
    }
    Set<String> seen = new HashSet<>();
    for (TaskExecution run : tasks.values()) {
      // what runs there is known by its own row, however its name came about
      if (run.path().isWithin(path) && run.frame() != null) {
        String asking = of(template(run.path()), template(run.path()).tasks(), seen);
        if (!asking.isEmpty()) {
          return asking;
        }
      }
    }
    TaskExecution run = tasks.get(path);
    return run == null || run.frame() != null ? "" : of(template(path.frame()), task(path), seen);
  }

  private String of(Template template, List<Task> all, Set<String> seen) {
    return all.stream()
        .map(task -> of(template, task, seen))
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse("");
  }

  private String of(Template template, Task task, Set<String> seen) {
    if (task.action().equalsIgnoreCase(APPROVE)) {
      return task.name();
    }
    if (!task.loopTasks().isEmpty()) {
      return of(template, task.loopTasks(), seen);
    }
    boolean isNested = task.action().equalsIgnoreCase(TEMPLATE);
    Expression content = isNested ? task.property("TemplateContent") : null;
    if (content != null) {
      if (!(content instanceof Literal literal)) {
        return task.name();
      }
      String text = literal.value().isTextual()
          ? literal.value().textValue()
          : literal.value().toString();
      Template inline =
          library.inline(template.name() + ", " + task.name(), text).template();
      return of(inline, inline.tasks(), seen);
    }
    Expression name = isNested ? task.property("TemplateName") : null;
    if (isNested && !(name instanceof Literal)) {
      return task.name();
    }
    String called =
        name instanceof Literal literal ? literal.value().asText("").strip() : task.action();
    if (!seen.add(called.toLowerCase(Locale.ROOT))) {
      return "";
    }
    Optional<Library.Entry> entry = library.find(called, "");
    return entry.map(e -> of(e.template(), e.template().tasks(), seen)).orElse("");
  }

  private Task task(TaskPath path) {
    TaskExecution run = tasks.get(path);
    String name = run == null ? "" : run.name();
    return Frames.task(template(path.frame()), name);
  }

  private TaskPath home(TaskPath at) {
    TaskPath home = at;
    while (frame(home).isIteration()) {
      home = home.loop().frame();
    }
    return home;
  }

  private Template template(TaskPath at) {
    Frame frame = frame(at);
    Template template = library.pinned(execution.id(), frame.template());
    return frame.isIteration() ? template.inside(frame.loopTask()) : template;
  }

  private Frame frame(TaskPath at) {
    TaskExecution run = at.isRoot() ? null : tasks.get(at);
    Frame frame = run == null ? null : run.frame();
    return frame == null ? execution.root() : frame;
  }
}
