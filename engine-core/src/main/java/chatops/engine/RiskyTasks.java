package chatops.engine;

import chatops.engine.effect.Risk;
import chatops.engine.expression.Expression;
import chatops.engine.expression.Literal;
import chatops.engine.run.Library;
import chatops.engine.template.Task;
import chatops.engine.template.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds calls of high risk in a template and all it calls (OOS ListExecutionRiskyTasks). Used once. */
final class RiskyTasks {
  private final Library library;
  private final Risk risk;
  private final Set<String> seen = new HashSet<>();
  private final Map<List<String>, List<String[]>> found = new LinkedHashMap<>();

  RiskyTasks(Library library, Risk risk) {
    this.library = library;
    this.risk = risk;
  }

  List<RiskyTask> of(Template template) {
    walk(template, template.tasks());
    List<RiskyTask> risky = new ArrayList<>();
    found.forEach((call, places) -> {
      Set<String> tasks = new LinkedHashSet<>();
      Set<String> templates = new LinkedHashSet<>();
      places.forEach(place -> {
        tasks.add(place[0]);
        templates.add(place[1]);
      });
      risky.add(
          new RiskyTask(call.get(0), call.get(1), List.copyOf(tasks), List.copyOf(templates)));
    });
    return risky;
  }

  private void walk(Template template, List<Task> tasks) {
    for (Task task : tasks) {
      String api = literal(task, "API");
      if (!api.isEmpty() && risk.isHigh(api, literal(task, "Risk"))) {
        found
            .computeIfAbsent(List.of(literal(task, "Service"), api), call -> new ArrayList<>())
            .add(new String[] {task.name(), template.name()});
      }
      walk(template, task.loopTasks());
      boolean isNested = task.action().equalsIgnoreCase("ACS::Template");
      String called = isNested ? literal(task, "TemplateName") : task.action();
      if (!called.isEmpty() && seen.add(called.toLowerCase(Locale.ROOT))) {
        library.find(called, "").ifPresent(e -> walk(e.template(), e.template().tasks()));
      }
    }
  }

  /** What is written out; a computed name is only known when the task runs. */
  private static String literal(Task task, String property) {
    Expression value = task.property(property);
    return value instanceof Literal literal ? literal.value().asText("").strip() : "";
  }
}
