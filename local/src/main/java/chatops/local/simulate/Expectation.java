package chatops.local.simulate;

import chatops.engine.view.TaskView;
import chatops.local.rehearsal.MadeCall;
import chatops.local.rehearsal.Take;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a scenario expects of a run. */
public final class Expectation {
  private final JsonNode expected;

  Expectation(JsonNode expected) {
    this.expected = expected;
  }

  boolean isThere() {
    return !expected.isMissingNode() && !expected.isEmpty();
  }

  /**
   * What did not come as expected; lines with {@code -} were expected, lines with {@code +} came.
   *
   * @param taskNames of the template; empty when it was not read
   */
  List<String> unmet(Take take, List<String> taskNames) {
    List<String> lines = new ArrayList<>();
    if (expected.has("status") && !expected.path("status").asText().equals(take.status())) {
      lines.add("status");
      lines.add("- " + expected.path("status").asText());
      lines.add("+ " + take.status() + (take.reason().isEmpty() ? "" : ": " + take.reason()));
    }
    if (expected.has("reason")
        && !take.reason().contains(expected.path("reason").asText())) {
      lines.add("reason");
      lines.add("- … " + expected.path("reason").asText() + " …");
      lines.add("+ " + take.reason());
    }
    tasks(take.tasks(), taskNames, lines);
    if (expected.has("calls")) {
      List<String> difference = CallComparison.exact(expected.path("calls"), take.calls());
      add(lines, "calls", difference);
    }
    add(
        lines,
        "calls-include",
        CallComparison.missing(expected.path("calls-include"), take.calls()));
    add(lines, "calls-exclude", excluded(take.calls()));
    for (var output : expected.path("outputs").properties()) {
      JsonNode found = take.outputs().path(output.getKey());
      if (!Subset.holds(output.getValue(), found)) {
        lines.add("output " + output.getKey());
        lines.add("- " + output.getValue());
        lines.add("+ " + (found.isMissingNode() ? "(no such output)" : found));
      }
    }
    return lines;
  }

  private static void add(List<String> lines, String title, List<String> more) {
    if (!more.isEmpty()) {
      lines.add(title);
      lines.addAll(more);
    }
  }

  private List<String> excluded(List<MadeCall> calls) {
    List<String> lines = new ArrayList<>();
    for (JsonNode unwanted : expected.path("calls-exclude")) {
      calls.stream()
          .filter(call -> CallComparison.fits(unwanted, call))
          .forEach(call -> lines.add("+ " + CallComparison.text(call)));
    }
    return lines;
  }

  private void tasks(List<TaskView> tasks, List<String> names, List<String> lines) {
    for (var task : expected.path("tasks").properties()) {
      String found = tasks.stream()
          .filter(each -> each.path().matches("t\\d+") && each.name().equals(task.getKey()))
          .reduce((first, last) -> last)
          .map(TaskView::status)
          .orElse(
              names.isEmpty() || names.contains(task.getKey()) ? "not taken" : "(no such task)");
      if (!found.equals(task.getValue().asText())) {
        lines.add("task " + task.getKey());
        lines.add("- " + task.getValue().asText());
        lines.add("+ " + found);
      }
    }
  }
}
