package chatops.engine.template;

import chatops.engine.expression.ExpressionParser;
import chatops.engine.expression.Fault;
import chatops.engine.expression.Function;
import chatops.engine.expression.JsonText;
import chatops.engine.jq.Jq;
import chatops.engine.template.Declarations.DeclaredTask;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Reads a list of tasks: the template's own, or those inside ACS::Loop. */
final class TaskParser {
  private final Map<String, Function> functions;
  private final Jq jq;
  private final Predicate<String> knownAction;
  private final Declarations declarations;
  private final Findings findings;

  TaskParser(
      Map<String, Function> functions,
      Jq jq,
      Predicate<String> knownAction,
      Declarations declarations,
      Findings findings) {
    this.functions = functions;
    this.jq = jq;
    this.knownAction = knownAction;
    this.declarations = declarations;
    this.findings = findings;
  }

  /**
   * @param outer tasks around ACS::Loop that its tasks may read; empty for the template's own
   * @param insideLoop whether there is a loop item around all of them
   */
  List<Task> parse(
      JsonNode list, String pointer, Map<String, DeclaredTask> outer, boolean insideLoop) {
    Map<String, DeclaredTask> own = Declarations.declare(list);
    Map<String, DeclaredTask> readable = new LinkedHashMap<>(outer);
    readable.putAll(own);
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; list.isArray() && i < list.size(); i++) {
      Fields fields = new Fields(list.path(i), pointer + "/" + i, "task " + (i + 1), findings);
      if (fields.map().isObject()) {
        tasks.add(new TaskReader(this, fields, i, own.keySet(), readable, insideLoop).read());
      } else {
        findings.add(
            Fault.WRONG_TYPE,
            fields.pointer(),
            "a task must be a map, found " + JsonText.typeOf(fields.map()),
            "write Name, Action and Properties");
      }
    }
    return tasks;
  }

  /** Checks the template that a task carries. */
  void checkInside(JsonNode content, String pointer) {
    new TemplateParser(functions, jq, knownAction).checkInside(content, findings.below(pointer));
  }

  boolean knowsAction(String action) {
    return knownAction.test(action);
  }

  Visible names(Map<String, DeclaredTask> readable, int before, boolean hasItem) {
    return new Visible(declarations, findings, readable, before, hasItem);
  }

  ExpressionParser expressions(Visible names) {
    return new ExpressionParser(functions, jq, names, findings);
  }
}
