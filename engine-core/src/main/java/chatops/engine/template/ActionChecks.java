package chatops.engine.template;

import chatops.engine.expression.Fault;
import chatops.engine.expression.Spelling;
import java.util.function.Predicate;

/** Whether what a task calls is there, and may stand where it stands. */
record ActionChecks(Fields task, Fields properties, String action, Shape shape, Findings findings) {

  /** @param known whether a product action or a template of that name can be found */
  void check(Predicate<String> known) {
    if (!action.isEmpty() && shape == Shape.OTHER && !known.test(action)) {
      findings.add(
          Fault.UNKNOWN_ACTION,
          task.at("Action"),
          task.owner() + ": unknown action '" + action + "'",
          remedy());
    }
    if (task.has("Loop") && !shape.mayLoop()) {
      findings.add(
          Fault.LOOP_NOT_ALLOWED,
          task.at("Loop"),
          task.owner() + ": " + action + " cannot loop",
          "loop over an API call, a product action or a template; ACS::Loop repeats several tasks");
    }
    if (shape == Shape.TEMPLATE) {
      nested(known);
    }
  }

  private String remedy() {
    String[] parts = action.split("::", -1);
    if (parts.length == 1 && Shape.of("ACS::" + action) != Shape.OTHER) {
      return "did you mean 'ACS::" + action + "'?";
    }
    return parts.length == 3
        ? "correct the name, or put its definition into a template directory as actions/" + parts[1]
            + "/" + parts[2] + ".yml"
        : Spelling.suggest(action, Shape.names(), "put its definition into a template directory");
  }

  private void nested(Predicate<String> known) {
    String name = properties.map().path("TemplateName").asText("").strip();
    boolean isFixed = !name.isEmpty() && !name.contains("{{");
    if (isFixed && !known.test(name)) {
      findings.add(
          Fault.UNKNOWN_TEMPLATE,
          properties.at("TemplateName"),
          task.owner() + ": no template is named '" + name + "' here; without it the task fails",
          "correct the name, or put the template into a template directory");
    }
  }
}
