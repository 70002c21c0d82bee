package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.action.Action;
import chatops.engine.action.Actions;
import chatops.engine.template.Task;
import chatops.engine.template.Template;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether this engine can run a template with everything it calls; found out before it starts, not in the middle. */
public final class Suitability {
  private final Library library;
  private final Actions actions = Actions.builtIn();

  public Suitability(Library library) {
    this.library = library;
  }

  /** @throws EngineException naming template, task and action that cannot be run */
  public void check(Template template) {
    check(template, new HashSet<>());
  }

  private void check(Template template, Set<String> seen) {
    if (!seen.add(template.name().toLowerCase(Locale.ROOT))) {
      return;
    }
    for (Task task : template.tasks()) {
      Action action = actions.find(task.action());
      if (action != null) {
        checkLoop(template, task, action);
        continue;
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
      check(product.get().template(), seen);
    }
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
