package chatops.engine.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which tasks may run again after which later ones, seen from the text alone: references are checked before tasks are read. */
final class BackwardJumps {
  private static final List<String> TARGETS = List.of("OnSuccess", "OnError", "OnCancel");

  private BackwardJumps() {}

  /** For each task the indexes up to its own that may follow it. */
  static List<Set<Integer>> of(JsonNode tasks) {
    Map<String, Integer> indexes = new HashMap<>();
    for (int i = 0; i < tasks.size(); i++) {
      indexes.putIfAbsent(folded(tasks.path(i).path("Name").asText()), i);
    }
    List<Set<Integer>> jumps = new ArrayList<>();
    boolean anyBack = false;
    for (int i = 0; i < tasks.size(); i++) {
      Set<Integer> targets = targets(tasks.path(i), indexes);
      int own = i;
      anyBack |= targets.stream().anyMatch(target -> target <= own);
      jumps.add(targets);
    }
    if (!anyBack) {
      return Collections.nCopies(tasks.size(), Set.of());
    }
    List<Set<Integer>> back = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      int own = i;
      Set<Integer> reached = reached(i, jumps);
      reached.removeIf(index -> index > own);
      back.add(reached);
    }
    return back;
  }

  private static Set<Integer> targets(JsonNode task, Map<String, Integer> indexes) {
    List<String> names = new ArrayList<>();
    TARGETS.forEach(key -> names.add(task.path(key).asText("")));
    names.add(task.path("Properties").path("DefaultTask").asText(""));
    task.path("Properties")
        .path("Choices")
        .forEach(choice -> names.add(choice.path("NextTask").asText("")));
    Set<Integer> targets = new HashSet<>();
    for (String name : names) {
      targets.add(indexes.getOrDefault(folded(name), Integer.MAX_VALUE));
    }
    targets.remove(Integer.MAX_VALUE);
    return targets;
  }

  private static Set<Integer> reached(int from, List<Set<Integer>> jumps) {
    Set<Integer> reached = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      int index = open.remove();
      List<Integer> next = new ArrayList<>(jumps.get(index));
      if (index + 1 < jumps.size()) {
        next.add(index + 1);
      }
      next.stream().filter(reached::add).forEach(open::add);
    }
    return reached;
  }

  private static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
