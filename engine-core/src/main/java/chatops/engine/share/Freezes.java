package chatops.engine.share;

import chatops.engine.store.SharedRows;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which templates may not be started now, in one row that every start reads. Who froze and thawed what, when and why stays in
 * the row for the last {@value #REMEMBERED} changes. Thread-safe.
 */
public final class Freezes {
  private static final String KEY = "freeze";
  private static final int REMEMBERED = 50;

  private final SharedJson shared;

  public Freezes(SharedRows rows) {
    this.shared = new SharedJson(rows);
  }

  /** Those in force, oldest first. */
  public List<Freeze> all() {
    return freezes(shared.read(KEY));
  }

  /** The first that concerns a template. */
  public Optional<Freeze> covering(String template) {
    return all().stream().filter(freeze -> freeze.covers(template)).findFirst();
  }

  /** From the moment this returns nothing it covers starts. A freeze of the same pattern is replaced. */
  public void freeze(Freeze freeze) {
    shared.change(KEY, row -> {
      remove(row, freeze.pattern());
      row.withArrayProperty("freezes").add(json(row, freeze));
      remember(row, json(row, freeze).put("change", "freeze"));
      return row;
    });
  }

  /** Lifts one. @return whether there was such a one */
  public boolean thaw(String pattern, String by, Instant at) {
    boolean[] found = new boolean[1];
    shared.change(KEY, row -> {
      ObjectNode without = row.deepCopy();
      found[0] = remove(without, pattern);
      if (!found[0]) {
        return row;
      }
      remember(without, json(row, new Freeze(pattern, by, at, "")).put("change", "unfreeze"));
      return without;
    });
    return found[0];
  }

  private static List<Freeze> freezes(ObjectNode row) {
    List<Freeze> freezes = new ArrayList<>();
    for (JsonNode each : row.path("freezes")) {
      freezes.add(new Freeze(
          each.path("pattern").asText(),
          each.path("by").asText(),
          Instant.parse(each.path("at").asText()),
          each.path("reason").asText()));
    }
    return freezes;
  }

  private static boolean remove(ObjectNode row, String pattern) {
    ArrayNode list = row.withArrayProperty("freezes");
    boolean isFound = false;
    for (int i = list.size() - 1; i >= 0; i--) {
      if (list.get(i).path("pattern").asText().equalsIgnoreCase(pattern)) {
        list.remove(i);
        isFound = true;
      }
    }
    return isFound;
  }

  private static void remember(ObjectNode row, ObjectNode change) {
    ArrayNode history = row.withArrayProperty("history");
    history.add(change);
    while (history.size() > REMEMBERED) {
      history.remove(0);
    }
  }

  private static ObjectNode json(ObjectNode row, Freeze freeze) {
    return row.objectNode()
        .put("pattern", freeze.pattern())
        .put("by", freeze.by())
        .put("at", freeze.at().toString())
        .put("reason", freeze.reason());
  }
}
