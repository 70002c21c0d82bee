package chatops.engine.template;

import chatops.engine.expression.Fault;
import chatops.engine.expression.Spelling;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where tasks lead: whether every task can be reached. */
final class Jumps {
  private final List<Task> tasks;
  private final Map<String, String> choiceDefaults;
  private final Findings findings;
  private final Map<String, Integer> indexes = new HashMap<>();

  /** @param choiceDefaults DefaultTask of each ACS::Choice by its task's name */
  Jumps(List<Task> tasks, Map<String, String> choiceDefaults, Findings findings) {
    this.tasks = tasks;
    this.choiceDefaults = choiceDefaults;
    this.findings = findings;
    for (int i = 0; i < tasks.size(); i++) {
      indexes.putIfAbsent(tasks.get(i).name(), i);
    }
  }

  /**
   * A target in declared spelling, or in documented spelling when it is a reserved one; very old templates leave {@code
   * ACS::} out.
   */
  static String normal(String target, Collection<String> tasks) {
    String word = target.strip();
    if (tasks.contains(word)) {
      return word;
    }
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "ACS::END", "END" -> Task.Targets.END;
      case "ACS::NEXT", "NEXT", "CONTINUE" -> Task.Targets.NEXT;
      default -> Spelling.find(tasks, word).orElse(word);
    };
  }

  void check() {
    unreachable();
  }

  static boolean isReserved(String target) {
    return target.equals(Task.Targets.NEXT) || target.equals(Task.Targets.END);
  }

  private List<String> targets(Task task) {
    List<String> targets = new ArrayList<>();
    if (Shape.of(task.action()) == Shape.CHOICE) {
      task.choices().forEach(choice -> targets.add(choice.nextTask()));
      targets.add(choiceDefaults.getOrDefault(task.name(), Task.Targets.NEXT));
    } else {
      targets.add(task.onSuccess());
    }
    targets.add(task.onError());
    targets.add(task.onCancel());
    if (task.when() != null) {
      targets.add(Task.Targets.NEXT);
    }
    return targets;
  }

  private void unreachable() {
    Set<Integer> reached = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>();
    open.add(0);
    while (!open.isEmpty()) {
      int index = open.poll();
      if (index >= tasks.size() || !reached.add(index)) {
        continue;
      }
      for (String target : targets(tasks.get(index))) {
        if (target.equals(Task.Targets.NEXT)) {
          open.add(index + 1);
        } else if (indexes.containsKey(target)) {
          open.add(indexes.getOrDefault(target, 0));
        }
      }
    }
    for (int i = 0; i < tasks.size(); i++) {
      if (!reached.contains(i)) {
        findings.add(
            Fault.UNREACHABLE_TASK,
            tasks.get(i).position(),
            "task '" + tasks.get(i).name() + "' is never reached",
            "let a task before it lead here, or remove it");
      }
    }
  }
}
