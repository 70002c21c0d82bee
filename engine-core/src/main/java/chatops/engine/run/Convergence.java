package chatops.engine.run;

import chatops.engine.effect.Effect;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Reads a resource's state out of a Describe answer. */
final class Convergence {
  private Convergence() {}

  /** The state, or empty text when the answer has none. */
  static String state(JsonNode answer, Effect.Converge converge) {
    return state(answer, converge.selector());
  }

  private static String state(JsonNode node, List<String> path) {
    if (path.isEmpty()) {
      return node.asText("");
    }
    String field = path.get(0);
    JsonNode next = field.equals("*") ? node.path(0) : node.path(field);
    return state(next, path.subList(1, path.size()));
  }
}
