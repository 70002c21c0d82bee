package chatops.cloudsim.tablestore;

import com.alicloud.openservices.tablestore.model.Column;
import com.alicloud.openservices.tablestore.model.PrimaryKey;
import com.alicloud.openservices.tablestore.model.PrimaryKeyColumn;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One row: its key and the latest version of each attribute column, each with a timestamp. Immutable. */
record StoredRow(PrimaryKey key, SortedMap<String, Column> columns) {
  StoredRow {
    columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
  }

  @Nullable
  Column column(String name) {
    return columns.get(name);
  }

  /** The row with only these columns, all when none are named; null when it has none of them and no key column is named. */
  @Nullable
  StoredRow only(Collection<String> names) {
    if (names.isEmpty()) return this;
    TreeMap<String, Column> kept = new TreeMap<>(columns);
    kept.keySet().retainAll(new TreeSet<>(names));
    boolean keyNamed = false;
    for (PrimaryKeyColumn part : key.getPrimaryKeyColumns()) {
      keyNamed |= names.contains(part.getName());
    }
    return kept.isEmpty() && !keyNamed ? null : new StoredRow(key, kept);
  }

  /** The row without cells older than {@code oldest} in epoch milliseconds; null when none is left. Time to live counts per cell, not per row. */
  @Nullable
  StoredRow since(long oldest) {
    if (columns.values().stream().allMatch(column -> column.getTimestamp() >= oldest)) return this;
    TreeMap<String, Column> alive = new TreeMap<>(columns);
    alive.values().removeIf(column -> column.getTimestamp() < oldest);
    return alive.isEmpty() ? null : new StoredRow(key, alive);
  }

  int bytes() {
    int bytes = key.getDataSize();
    for (Column column : columns.values()) {
      bytes += column.getDataSize();
    }
    return bytes;
  }
}
