package chatops.cloudsim.tablestore;

import com.alicloud.openservices.tablestore.model.PrimaryKey;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One GetRange: from a first key, included, to a last key, excluded, in either direction.
 *
 * @param source the table's or an index's name
 * @param limit rows to answer at most, 0 for as many as the scan limits let
 */
record Range(
    String source,
    boolean forward,
    PrimaryKey from,
    PrimaryKey to,
    int limit,
    List<String> columns,
    @Nullable ColumnFilter filter) {

  /** What one GetRange answers; a page with a next key is not the end, even when it has no rows. */
  record Page(List<StoredRow> rows, @Nullable PrimaryKey next, int scannedBytes) {}

  Page read(SortedRows sorted, UnaryOperator<@Nullable StoredRow> alive, Limits limits) {
    sorted.checked(from, true);
    sorted.checked(to, true);
    if ((forward ? from.compareTo(to) : to.compareTo(from)) >= 0) {
      throw Refusal.invalid(
          forward
              ? "Begin key must less than end key in FORWARD."
              : "Begin key must more than end key in BACKWARD.");
    }
    NavigableMap<PrimaryKey, StoredRow> inside = forward
        ? sorted.rows().subMap(from, true, to, false)
        : sorted.rows().subMap(to, false, from, true).descendingMap();
    List<StoredRow> found = new ArrayList<>();
    int scanned = 0;
    int bytes = 0;
    for (StoredRow row : inside.values()) {
      if ((limit > 0 && found.size() == limit)
          || scanned == limits.scannedRows()
          || bytes > limits.scannedBytes()) {
        return new Page(found, row.key(), bytes);
      }
      scanned++;
      bytes += row.bytes();
      StoredRow passed = passed(alive.apply(row));
      if (passed != null) found.add(passed);
    }
    return new Page(found, null, bytes);
  }

  private @Nullable StoredRow passed(@Nullable StoredRow row) {
    if (row == null || (filter != null && !filter.passes(row.columns()))) return null;
    return row.only(columns);
  }
}
