package chatops.engine.template;

import chatops.engine.expression.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What can only be seen once the whole template is read. */
final class TemplateChecks {
  private static final int MOST_TASKS = 200;

  private final Fields template;
  private final Declarations declarations;
  private final Findings findings;

  TemplateChecks(Fields template, Declarations declarations, Findings findings) {
    this.template = template;
    this.declarations = declarations;
    this.findings = findings;
  }

  void check(List<Task> tasks, Map<String, Parameter> parameters) {
    taskList(tasks);
    names(tasks);
    triggers(tasks, true);
    conditions();
    jumps(tasks, template.list("Tasks"));
    unused(parameters);
    sameButForCase(parameters.keySet(), "/Parameters");
    if (!template.map().has("RamRole") && !findings.isInside()) {
      findings.add(
          Fault.MISSING_RAM_ROLE,
          "",
          "the template names no RamRole; the configured default role is assumed",
          "add RamRole: '{{ OOSAssumeRole }}' and the parameter, or nothing to do");
    }
  }

  private void taskList(List<Task> tasks) {
    JsonNode written = template.get("Tasks");
    if (written.isMissingNode() || (written.isArray() && written.isEmpty())) {
      template.missing("Tasks");
    } else if (!written.isArray()) {
      template.wrongType("Tasks", "a list");
    }
    if (tasks.size() > MOST_TASKS) {
      findings.add(
          Fault.TOO_MANY_TASKS,
          "/Tasks",
          tasks.size() + " tasks, at most " + MOST_TASKS + " are allowed",
          "move some into a template of their own and use ACS::Template");
    }
  }

  private void names(List<Task> tasks) {
    Set<String> seen = new HashSet<>();
    List<String> all = new ArrayList<>();
    for (Task task : tasks) {
      if (!task.name().isEmpty() && !seen.add(task.name())) {
        findings.add(
            Fault.DUPLICATE_NAME,
            task.position(),
            "two tasks are named '" + task.name() + "'",
            "give each task a name of its own");
      }
      all.add(task.name());
      names(task.loopTasks());
    }
    sameButForCase(new HashSet<>(all), "/Tasks");
  }

  private void sameButForCase(Collection<String> names, String pointer) {
    Map<String, String> folded = new HashMap<>();
    for (String name : names) {
      String other = folded.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (other != null) {
        findings.add(
            Fault.CASE_ONLY_NAMES,
            pointer,
            "'" + other + "' and '" + name + "' differ only by letter case",
            "references match in any letter case: rename one of them");
      }
    }
  }

  private void triggers(List<Task> tasks, boolean top) {
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      if (Shape.of(task.action()).isTrigger() && (i > 0 || !top)) {
        findings.add(
            Fault.TRIGGER_POSITION,
            task.position(),
            "task '" + task.name() + "' is a trigger but not the first task of the template",
            "a template has at most one trigger, as its first task");
      }
      triggers(task.loopTasks(), false);
    }
  }

  private void conditions() {
    Set<String> outermost = Set.of("Fn::And", "Fn::Or", "Fn::Not", "Fn::Equals");
    declarations.conditions.forEach((name, value) -> {
      boolean isCall = value.size() == 1
          && outermost.contains(
              value.fieldNames().hasNext() ? value.fieldNames().next() : "");
      if (!isCall) {
        findings.add(
            Fault.INVALID_CONDITION,
            "/Conditions/" + name,
            "condition '" + name + "' must be Fn::And, Fn::Or, Fn::Not or Fn::Equals",
            "put one of them around it");
      }
    });
  }

  private void jumps(List<Task> tasks, List<JsonNode> written) {
    Map<String, String> defaults = new HashMap<>();
    for (JsonNode task : written) {
      String target = task.path("Properties").path("DefaultTask").asText("");
      if (!target.isEmpty()) {
        defaults.put(
            task.path("Name").asText(),
            Jumps.normal(target, tasks.stream().map(Task::name).toList()));
      }
    }
    new Jumps(tasks, defaults, findings).check();
    for (int i = 0; i < tasks.size() && i < written.size(); i++) {
      if (!tasks.get(i).loopTasks().isEmpty()) {
        List<JsonNode> inner = new ArrayList<>();
        written.get(i).path("Properties").path("LoopTasks").forEach(inner::add);
        jumps(tasks.get(i).loopTasks(), inner);
      }
    }
  }

  /** Where a form takes the choices of one parameter from another: {@code ZoneId: zoneId}, {@code ${zoneId}}. */
  private static void texts(JsonNode value, Set<String> texts) {
    if (value.isTextual()) {
      texts.add(value.textValue().strip());
    }
    value.forEach(element -> texts(element, texts));
  }

  private void unused(Map<String, Parameter> parameters) {
    Set<String> narrowing = new HashSet<>();
    for (JsonNode parameter : template.get("Parameters")) {
      texts(parameter.path("AssociationPropertyMetadata"), narrowing);
    }
    for (Parameter parameter : parameters.values()) {
      boolean isRead = declarations.usedParameters.contains(parameter.name())
          || narrowing.contains(parameter.name())
          || narrowing.contains("${" + parameter.name() + "}");
      if (!isRead) {
        findings.add(
            Fault.UNUSED_PARAMETER,
            parameter.position(),
            "parameter '" + parameter.name() + "' is never read",
            "remove it, or read it as {{ " + parameter.name() + " }}");
      }
    }
  }
}
