package chatops.engine.store.memory;

import chatops.engine.store.ExecutionStore.Saved;
import chatops.engine.store.SharedRow;
import chatops.engine.store.SharedRows;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Shared rows in memory; a failure may fall before or after each write. */
final class InMemorySharedRows implements SharedRows {
  private final Fault fault;
  private final TreeMap<String, SharedRow> rows = new TreeMap<>();

  InMemorySharedRows(Fault fault) {
    this.fault = fault;
  }

  @Override
  public synchronized Optional<SharedRow> find(String key) {
    return Optional.ofNullable(rows.get(key));
  }

  @Override
  public synchronized List<SharedRow> under(String prefix, int limit) {
    return rows.tailMap(prefix, true).values().stream()
        .takeWhile(row -> row.key().startsWith(prefix))
        .limit(limit)
        .toList();
  }

  @Override
  public Saved put(SharedRow row, String expected) {
    fault.at("shared " + row.key(), false);
    Saved saved = change(row.key(), row, expected);
    fault.at("shared " + row.key(), true);
    return saved;
  }

  @Override
  public Saved remove(String key, String expected) {
    fault.at("shared " + key, false);
    Saved saved = drop(key, expected);
    fault.at("shared " + key, true);
    return saved;
  }

  private synchronized Saved change(String key, SharedRow row, String expected) {
    if (!stamp(key).equals(expected)) {
      return Saved.CONFLICT;
    }
    rows.put(key, row);
    return Saved.DONE;
  }

  private synchronized Saved drop(String key, String expected) {
    String stored = stamp(key);
    if (!stored.equals(ABSENT) && !stored.equals(expected)) {
      return Saved.CONFLICT;
    }
    rows.remove(key);
    return Saved.DONE;
  }

  private String stamp(String key) {
    SharedRow stored = rows.get(key);
    return stored == null ? ABSENT : stored.stamp();
  }
}
