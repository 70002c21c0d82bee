package chatops.execution.notify;

import chatops.engine.notice.Notice;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What scripts did on instances, as lines of text: each instance with its exit code or error, and the end of what was written there. */
final class CommandOutput {
  private static final int MOST_ITEMS = 30;
  private static final int ROOM = 2400;
  private static final int LEAST_ROOM = 160;
  private static final int LONGEST_LINE = 300;

  private CommandOutput() {}

  /** Whether the execution ran scripts: its items have exit codes or versions, or failed where one would be. */
  static boolean isIn(Notice.Ended ended) {
    return ended.outputs().has("exitCodes") || ended.outputs().has("versions");
  }

  static String of(Notice.Ended ended, Wording words) {
    List<Notice.Item> items = ended.items();
    int room = Math.max(LEAST_ROOM, ROOM / Math.max(1, Math.min(items.size(), MOST_ITEMS)));
    List<String> lines = new ArrayList<>();
    for (Notice.Item item : items.subList(0, Math.min(MOST_ITEMS, items.size()))) {
      lines.addAll(lines(item, room));
    }
    if (items.size() > MOST_ITEMS) {
      lines.add(words.say("more", items.size() - MOST_ITEMS));
    }
    List<String> rest = unstarted(ended);
    if (!rest.isEmpty()) {
      int shown = Math.min(MOST_ITEMS, rest.size());
      String more = rest.size() > shown ? " " + words.say("more", rest.size() - shown) : "";
      lines.add(words.say("unstarted", String.join(", ", rest.subList(0, shown)) + more));
    }
    return String.join("\n", lines);
  }

  private static List<String> lines(Notice.Item item, int room) {
    List<String> lines = new ArrayList<>();
    ObjectNode outputs = item.outputs();
    String output;
    if (item.status().equals("Success")) {
      lines.add(item.name() + "  " + came(outputs));
      output = outputs.path("output").asText("");
      long dropped = outputs.path("dropped").asLong(0);
      if (dropped > 0) {
        output = "… (" + dropped + " bytes)\n" + output;
      }
    } else {
      String message = item.message();
      int end = message.indexOf('\n');
      String first = end < 0 ? message : message.substring(0, end);
      String code =
          item.code().isEmpty() || first.startsWith(item.code()) ? "" : item.code() + ": ";
      lines.add(item.name() + "  " + item.status() + "  " + code + first);
      output = end < 0 ? "" : message.substring(end + 1);
    }
    last(output, room).forEach(line -> lines.add("  " + line));
    return lines;
  }

  /** What a script brought: its exit code, or the version before and the one that is there now. */
  private static String came(ObjectNode outputs) {
    if (!outputs.has("to")) {
      return "exit " + outputs.path("exitCode").asText("0");
    }
    String from = outputs.path("from").asText("");
    String to = outputs.path("to").asText("");
    return from.isEmpty() || from.equals(to)
        ? to.isEmpty() ? "-" : to
        : from + " → " + (to.isEmpty() ? "-" : to);
  }

  private static List<String> last(String output, int room) {
    List<String> all = output.stripTrailing().lines().toList();
    List<String> kept = new ArrayList<>();
    int used = 0;
    for (int i = all.size() - 1; i >= 0; i--) {
      String line = all.get(i);
      String shown = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
      used += shown.length() + 3;
      if (used > room) {
        kept.add(0, "…");
        break;
      }
      kept.add(0, shown);
    }
    return kept;
  }

  /** Instances whose turn never came, because too many before them failed. */
  private static List<String> unstarted(Notice.Ended ended) {
    List<String> begun = ended.items().stream().map(Notice.Item::name).toList();
    List<String> rest = new ArrayList<>();
    for (JsonNode id : ended.outputs().path("instanceIds")) {
      if (!begun.contains(id.asText())) {
        rest.add(id.asText());
      }
    }
    return rest;
  }
}
