package chatops.local.simulate;

import chatops.local.rehearsal.MadeCall;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Compares the calls a run made with those a scenario expects. */
final class CallComparison {
  private CallComparison() {}

  static boolean fits(JsonNode wanted, MadeCall call) {
    return wanted.path("api").asText().equalsIgnoreCase(call.request().api())
        && (!wanted.has("service")
            || wanted.path("service").asText().equalsIgnoreCase(call.request().service()))
        && (!wanted.has("parameters")
            || Subset.holds(wanted.path("parameters"), call.request().parameters()))
        && (!wanted.has("error") || wanted.path("error").asText().equals(call.code()));
  }

  /** Empty when the calls are exactly the wanted ones; else all of them, marked where they differ. */
  static List<String> exact(JsonNode wanted, List<MadeCall> calls) {
    int[][] common = common(wanted, calls);
    boolean isSame = common[0][0] == wanted.size() && wanted.size() == calls.size();
    List<String> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (!isSame && (i < wanted.size() || j < calls.size())) {
      if (i < wanted.size() && j < calls.size() && fits(wanted.path(i), calls.get(j))) {
        lines.add("  " + text(calls.get(j++)));
        i++;
      } else if (j >= calls.size() || i < wanted.size() && common[i + 1][j] >= common[i][j + 1]) {
        lines.add("- " + text(wanted.path(i++)));
      } else {
        lines.add("+ " + text(calls.get(j++)));
      }
    }
    return lines;
  }

  /** Lengths of the longest common rest for every pair of places. */
  private static int[][] common(JsonNode wanted, List<MadeCall> calls) {
    int[][] common = new int[wanted.size() + 1][calls.size() + 1];
    for (int i = wanted.size() - 1; i >= 0; i--) {
      for (int j = calls.size() - 1; j >= 0; j--) {
        common[i][j] = fits(wanted.path(i), calls.get(j))
            ? common[i + 1][j + 1] + 1
            : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }

  /** Wanted calls that were not made in this order, whatever came between them. */
  static List<String> missing(JsonNode wanted, List<MadeCall> calls) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (JsonNode one : wanted) {
      int at = from;
      while (at < calls.size() && !fits(one, calls.get(at))) {
        at++;
      }
      if (at < calls.size()) {
        from = at + 1;
      } else {
        lines.add("- " + text(one));
      }
    }
    return lines;
  }

  static String text(MadeCall call) {
    String error = call.code().isEmpty() ? "" : " error " + call.code();
    return call.request().service() + " " + call.request().api() + " "
        + call.request().parameters() + error;
  }

  private static String text(JsonNode wanted) {
    String service = wanted.path("service").asText("");
    String error = wanted.has("error") ? " error " + wanted.path("error").asText() : "";
    String parameters = wanted.has("parameters") ? " " + wanted.path("parameters") : "";
    return (service + " " + wanted.path("api").asText()).strip() + parameters + error;
  }
}
