package chatops.local.simulate;

import chatops.engine.expression.Equality;
import com.fasterxml.jackson.databind.JsonNode;

/** Whether a value has everything that another names: maps may have more, lists and scalars must be equal. */
final class Subset {
  private Subset() {}

  static boolean holds(JsonNode wanted, JsonNode found) {
    if (wanted.isObject() && found.isObject()) {
      return wanted.properties().stream()
          .allMatch(entry -> holds(entry.getValue(), field(found, entry.getKey())));
    }
    if (wanted.isArray() && found.isArray()) {
      boolean same = wanted.size() == found.size();
      for (int i = 0; same && i < wanted.size(); i++) {
        same = holds(wanted.path(i), found.path(i));
      }
      return same;
    }
    return !found.isMissingNode() && Equality.lenient(wanted, found);
  }

  private static JsonNode field(JsonNode map, String name) {
    JsonNode exact = map.path(name);
    return exact.isMissingNode()
        ? map.properties().stream()
            .filter(entry -> entry.getKey().equalsIgnoreCase(name))
            .map(java.util.Map.Entry::getValue)
            .findFirst()
            .orElse(exact)
        : exact;
  }
}
