package chatops.execution.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An execution's outputs as lines of text: a row per instance where the outputs tell of instances ({@code statuses}, else
 * {@code instanceIds}), and the other outputs as {@code name: value}, or a row per element of a list of maps.
 */
final class OutputTable {
  private static final int MOST_ROWS = 50;
  private static final int LONGEST_VALUE = 300;
  private static final List<String> ABOUT_INSTANCES =
      List.of("instanceIds", "statuses", "missingInstanceIds");

  private OutputTable() {}

  static String of(ObjectNode outputs, Wording words) {
    List<String> lines = new ArrayList<>(instances(outputs, words));
    for (Map.Entry<String, JsonNode> output : outputs.properties()) {
      JsonNode value = output.getValue();
      if (ABOUT_INSTANCES.contains(output.getKey()) || isEmpty(value)) {
        continue;
      }
      if (value.isArray() && value.path(0).isObject()) {
        lines.add(output.getKey() + ":");
        lines.addAll(rows(value, words));
      } else {
        lines.add(output.getKey() + ": " + text(value));
      }
    }
    return String.join("\n", lines);
  }

  /** How many instances the outputs tell of; -1 when they tell of none at all. */
  static int count(ObjectNode outputs) {
    return outputs.path("instanceIds").isArray() ? outputs.path("instanceIds").size() : -1;
  }

  /** Ids that were asked for and do not exist. */
  static List<String> missing(ObjectNode outputs) {
    List<String> ids = new ArrayList<>();
    outputs.path("missingInstanceIds").forEach(id -> ids.add(id.asText()));
    return ids;
  }

  private static List<String> instances(ObjectNode outputs, Wording words) {
    return rows(
        outputs.path("statuses").isArray() && !outputs.path("statuses").isEmpty()
            ? outputs.path("statuses")
            : outputs.path("instanceIds"),
        words);
  }

  private static List<String> rows(JsonNode rows, Wording words) {
    List<List<String>> cells = new ArrayList<>();
    for (JsonNode row : rows) {
      if (cells.size() < MOST_ROWS) {
        cells.add(cells(row));
      }
    }
    List<String> lines = aligned(cells);
    if (rows.size() > MOST_ROWS) {
      lines.add(words.say("more", rows.size() - MOST_ROWS));
    }
    return lines;
  }

  private static List<String> cells(JsonNode row) {
    List<String> cells = new ArrayList<>();
    if (row.isObject()) {
      row.forEach(cell -> cells.add(text(cell)));
    } else {
      cells.add(text(row));
    }
    return cells;
  }

  private static List<String> aligned(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        int width = row.get(column).length();
        if (column == widths.size()) {
          widths.add(width);
        } else {
          widths.set(column, Math.max(widths.get(column), width));
        }
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(widths.get(column) - cell.length() + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static String text(JsonNode value) {
    String text = value.isValueNode() ? value.asText() : value.toString();
    return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isNull()
        || (value.isContainerNode() && value.isEmpty())
        || (value.isTextual() && value.textValue().isEmpty());
  }
}
