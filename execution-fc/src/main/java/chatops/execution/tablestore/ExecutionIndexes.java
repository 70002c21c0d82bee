package chatops.execution.tablestore;

import static chatops.execution.tablestore.Cells.part;

import chatops.engine.id.ExecutionId;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.ExecutionRow;
import com.alicloud.openservices.tablestore.model.ColumnValue;
import com.alicloud.openservices.tablestore.model.Direction;
import com.alicloud.openservices.tablestore.model.PrimaryKey;
import com.alicloud.openservices.tablestore.model.PrimaryKeyValue;
import com.alicloud.openservices.tablestore.model.RangeRowQueryCriteria;
import com.alicloud.openservices.tablestore.model.Row;
import com.alicloud.openservices.tablestore.model.filter.ColumnValueFilter;
import com.alicloud.openservices.tablestore.model.filter.CompositeColumnValueFilter;
import com.alicloud.openservices.tablestore.model.filter.SingleColumnValueFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finding executions by wake-up and by age: one range of each shard's index, merged, then the rows themselves. */
final class ExecutionIndexes {
  private final Ranges ranges;
  private final Batches batches;

  ExecutionIndexes(Ranges ranges, Batches batches) {
    this.ranges = ranges;
    this.batches = batches;
  }

  List<ExecutionRow> due(Instant now, int limit) {
    String what = "looking for due executions";
    PrimaryKeyValue end = PrimaryKeyValue.fromLong(Cells.nanos(now) + 1);
    List<Row> entries = ranges.readShards(
        what,
        shard -> Ranges.between(
            StoreTables.WAKE,
            bound(shard, "wakeAt", PrimaryKeyValue.INF_MIN),
            bound(shard, "wakeAt", end)),
        limit);
    entries.sort(byTime("wakeAt").thenComparing(row -> Cells.keyText(row, "executionId")));
    return rows(what, entries, limit).stream()
        .filter(row -> isDue(row, now))
        .sorted(Comparator.comparing(ExecutionIndexes::wakeAt).thenComparing(ExecutionRow::id))
        .toList();
  }

  List<ExecutionRow> list(ExecutionQuery query) {
    String what = "listing executions";
    Instant before = query.before();
    PrimaryKeyValue start =
        before == null ? PrimaryKeyValue.INF_MAX : PrimaryKeyValue.fromLong(Cells.nanos(before));
    ColumnValueFilter filter = filter(query);
    List<Row> entries = ranges.readShards(
        what,
        shard -> {
          RangeRowQueryCriteria criteria = Ranges.between(
              StoreTables.AGE,
              bound(shard, "createdAt", start),
              bound(shard, "createdAt", PrimaryKeyValue.INF_MIN));
          criteria.setDirection(Direction.BACKWARD);
          if (filter != null) criteria.setFilter(filter);
          return criteria;
        },
        query.limit());
    entries.sort(
        byTime("createdAt").reversed().thenComparing(row -> Cells.keyText(row, "executionId")));
    // a row may have changed between its index entry and itself
    return rows(what, entries, query.limit()).stream()
        .filter(query::matches)
        .sorted(ExecutionQuery.NEWEST_FIRST)
        .toList();
  }

  private List<ExecutionRow> rows(String what, List<Row> entries, int limit) {
    List<PrimaryKey> keys = new ArrayList<>();
    for (Row entry : entries.subList(0, Math.min(limit, entries.size()))) {
      keys.add(ExecutionTable.key(new ExecutionId(Cells.keyText(entry, "executionId"))));
    }
    return batches.read(what, StoreTables.EXECUTION, keys).stream()
        .map(ExecutionTable::row)
        .toList();
  }

  /** Before every entry of that time: an end that excludes it, a backward start that does, too. */
  private static PrimaryKey bound(String shard, String column, PrimaryKeyValue time) {
    return Cells.key(
        part("shard", shard), part(column, time), part("executionId", PrimaryKeyValue.INF_MIN));
  }

  private static Comparator<Row> byTime(String column) {
    return Comparator.comparingLong(row -> Cells.keyNumber(row, column));
  }

  private static @Nullable ColumnValueFilter filter(ExecutionQuery query) {
    List<ColumnValueFilter> filters = new ArrayList<>();
    add(filters, "status", query.status());
    add(filters, "template", query.template());
    add(filters, "startedBy", query.startedBy());
    if (filters.size() < 2) return filters.isEmpty() ? null : filters.get(0);
    CompositeColumnValueFilter all =
        new CompositeColumnValueFilter(CompositeColumnValueFilter.LogicOperator.AND);
    filters.forEach(all::addFilter);
    return all;
  }

  private static void add(List<ColumnValueFilter> filters, String column, @Nullable String value) {
    if (value == null) return;
    SingleColumnValueFilter filter = new SingleColumnValueFilter(
        column, SingleColumnValueFilter.CompareOperator.EQUAL, ColumnValue.fromString(value));
    filter.setPassIfMissing(false);
    filters.add(filter);
  }

  private static boolean isDue(ExecutionRow row, Instant now) {
    return row.wakeAt() != null && !wakeAt(row).isAfter(now);
  }

  private static Instant wakeAt(ExecutionRow row) {
    Instant wakeAt = row.wakeAt();
    return wakeAt == null ? Instant.MAX : wakeAt;
  }
}
