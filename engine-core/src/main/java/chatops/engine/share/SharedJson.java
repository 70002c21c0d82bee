package chatops.engine.share;

import chatops.engine.EngineException;
import chatops.engine.store.ExecutionStore.Saved;
import chatops.engine.store.SharedRow;
import chatops.engine.store.SharedRows;
import chatops.engine.store.StoreException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Shared rows as JSON objects, changed until nobody else was in between; an empty object is no row. Thread-safe. */
public final class SharedJson {
  private static final int MOST_TRIES = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SharedRows rows;

  public SharedJson(SharedRows rows) {
    this.rows = rows;
  }

  /** The object under a key; empty when there is none. */
  public ObjectNode read(String key) {
    return rows.find(key).map(SharedJson::parse).orElseGet(JSON::createObjectNode);
  }

  /** Objects whose keys start with a prefix, by key, in key order. */
  public Map<String, ObjectNode> under(String prefix, int limit) {
    Map<String, ObjectNode> found = new LinkedHashMap<>();
    rows.under(prefix, limit).forEach(row -> found.put(row.key(), parse(row)));
    return found;
  }

  /**
   * Changes the object under a key.
   *
   * @param change gets a copy and answers what shall stand; the same content writes nothing; may be asked several times
   * @return what stands now
   */
  public ObjectNode change(String key, UnaryOperator<ObjectNode> change) {
    StoreException unanswered = null;
    for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
      Optional<SharedRow> found = rows.find(key);
      ObjectNode before = found.map(SharedJson::parse).orElseGet(JSON::createObjectNode);
      ObjectNode after = change.apply(before.deepCopy());
      if (after.equals(before)) {
        return after;
      }
      String expected = found.map(SharedRow::stamp).orElse(SharedRows.ABSENT);
      String stamp = UUID.randomUUID().toString();
      try {
        Saved saved = after.isEmpty()
            ? rows.remove(key, expected)
            : rows.put(new SharedRow(key, stamp, after.toString()), expected);
        if (saved == Saved.DONE) {
          return after;
        }
      } catch (StoreException lost) {
        if (stands(key, stamp, lost)) {
          return after;
        }
        unanswered = lost;
      }
    }
    throw unanswered == null
        ? new EngineException(key + ": too much is being written to it, try again")
        : unanswered;
  }

  /** Whether a write whose answer was lost took effect; if that cannot be read either, the first failure is told. */
  private boolean stands(String key, String stamp, StoreException lost) {
    try {
      return rows.find(key).map(SharedRow::stamp).orElse(SharedRows.ABSENT).equals(stamp);
    } catch (StoreException again) {
      lost.addSuppressed(again);
      throw lost;
    }
  }

  private static ObjectNode parse(SharedRow row) {
    try {
      return (ObjectNode) JSON.readTree(row.value());
    } catch (JsonProcessingException | ClassCastException e) {
      throw new EngineException("shared row " + row.key() + " is no JSON object", e);
    }
  }
}
