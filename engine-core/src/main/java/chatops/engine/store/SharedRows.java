package chatops.engine.store;

import chatops.engine.store.ExecutionStore.Saved;
import java.util.List;
import java.util.Optional;

/**
 * Rows that executions share, each changed by comparing its stamp. Part of the store contract. Thread-safe. When a method
 * returns normally its write is durable.
 */
public interface SharedRows {
  /** The stamp of a row that is not there. */
  String ABSENT = "";

  Optional<SharedRow> find(String key);

  /** Rows whose key starts with {@code prefix}, in key order. */
  List<SharedRow> under(String prefix, int limit);

  /**
   * Writes a row where {@code expected} is the stored stamp, {@link #ABSENT} where there is none.
   *
   * @throws StoreException when the fate of the write is unknown; the caller re-reads, and knows its own write by the stamp
   */
  Saved put(SharedRow row, String expected);

  /** Removes a row where {@code expected} is the stored stamp; {@code DONE} also where there is none any more. */
  Saved remove(String key, String expected);
}
