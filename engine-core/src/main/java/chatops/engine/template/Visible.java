package chatops.engine.template;

import chatops.engine.expression.Expression;
import chatops.engine.expression.Fault;
import chatops.engine.expression.Names;
import chatops.engine.expression.Spelling;
import chatops.engine.template.Declarations.DeclaredTask;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names one place of a template sees: parameters, tasks before it, the loop item where there is one. */
final class Visible implements Names {
  /** Position of a place that comes after all tasks, or whose order does not matter. */
  static final int AFTER_ALL = Integer.MAX_VALUE;

  private final Declarations declarations;
  private final Findings findings;
  private final Map<String, DeclaredTask> tasks;
  private final int before;
  private final boolean hasItem;
  private boolean itemRead;

  /**
   * @param tasks those that can be named at all
   * @param before only tasks with a smaller index have run
   */
  Visible(
      Declarations declarations,
      Findings findings,
      Map<String, DeclaredTask> tasks,
      int before,
      boolean hasItem) {
    this.declarations = declarations;
    this.findings = findings;
    this.tasks = tasks;
    this.before = before;
    this.hasItem = hasItem;
  }

  @Override
  public @Nullable String parameter(String name) {
    Optional<String> declared = Spelling.find(declarations.parameters, name);
    declared.ifPresent(declarations.usedParameters::add);
    return declared.orElse(null);
  }

  @Override
  public @Nullable String task(String name, String pointer) {
    Optional<String> declared = Spelling.find(tasks.keySet(), name);
    declared
        .flatMap(found -> Optional.ofNullable(tasks.get(found)))
        .filter(task -> task.index() >= before && !task.leadsBackTo().contains(before))
        .ifPresent(task -> findings.add(
            Fault.FORWARD_REFERENCE,
            pointer,
            "task '" + task.name() + "' has not run yet here",
            "read outputs of tasks that come before this one, or that jump back to it"));
    return declared.orElse(null);
  }

  @Override
  public @Nullable String output(String task, String output) {
    return Optional.ofNullable(tasks.get(task))
        .flatMap(found -> Spelling.find(found.outputs(), output))
        .orElse(null);
  }

  @Override
  public @Nullable Expression condition(String name, String pointer) {
    return declarations.condition(name).orElse(null);
  }

  @Override
  public void readsItem(String pointer) {
    itemRead = true;
    if (!hasItem) {
      findings.add(
          Fault.LOOP_ITEM_OUTSIDE_LOOP,
          pointer,
          "ACS::TaskLoopItem has no value here",
          "use it in Properties, Outputs or When of a task with Loop");
    }
  }

  /** Whether the loop item was read through these names. */
  boolean itemRead() {
    return itemRead;
  }

  @Override
  public Collection<String> all() {
    List<String> names = new ArrayList<>(declarations.parameters);
    names.addAll(tasks.keySet());
    return names;
  }
}
