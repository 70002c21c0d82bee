package chatops.cloudsim.tablestore;

import com.alicloud.openservices.tablestore.core.protocol.OtsInternalApi;
import com.alicloud.openservices.tablestore.core.protocol.PlainBufferCell;
import com.alicloud.openservices.tablestore.model.DefinedColumnSchema;
import com.alicloud.openservices.tablestore.model.PrimaryKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One table with its indexes. Every method takes the table's lock, so a write and its index entries are seen together. */
final class Table {
  private final TableSchema schema;
  private final Instant createdAt;
  private final Instant readyAt;
  private final SortedRows rows;
  private final List<LocalIndex> indexes = new ArrayList<>();

  Table(TableSchema schema, Instant createdAt, Instant readyAt) {
    this.schema = schema;
    this.createdAt = createdAt;
    this.readyAt = readyAt;
    this.rows = new SortedRows(schema.keyColumns());
    schema.indexes().forEach(index -> indexes.add(new LocalIndex(index, schema)));
  }

  TableSchema schema() {
    return schema;
  }

  Instant createdAt() {
    return createdAt;
  }

  void mustBeReady(Instant now) {
    if (now.isBefore(readyAt)) {
      throw new Refusal(404, "OTSTableNotReady", "The table is not ready.");
    }
  }

  /** Applies one change under its condition; the answer is the row afterwards, null after a deletion. */
  synchronized @Nullable StoredRow write(RowChange change, Instant now) {
    if (change.type() == OtsInternalApi.OperationType.UPDATE && !schema.allowsUpdate()) {
      throw Refusal.invalid("The table does not allow updates.");
    }
    PrimaryKey key = rows.checked(change.key(), false);
    checkDefinedColumns(change);
    StoredRow stored = rows.rows().get(key);
    StoredRow before = alive(stored, now);
    change.mustHold(before);
    StoredRow after = change.applied(before, now.toEpochMilli());
    if (after == null) {
      rows.rows().remove(key);
    } else {
      rows.rows().put(key, after);
    }
    indexes.forEach(index -> index.move(stored, after));
    return after;
  }

  /** One row of the table or, when {@code source} is an index's name, of that index. */
  synchronized @Nullable StoredRow read(String source, PrimaryKey key, Instant now) {
    SortedRows sorted = source(source);
    return alive(sorted.rows().get(sorted.checked(key, false)), now);
  }

  synchronized Range.Page read(Range range, Limits limits, Instant now) {
    return range.read(source(range.source()), row -> alive(row, now), limits);
  }

  synchronized int size() {
    return rows.rows().size();
  }

  private SortedRows source(String name) {
    for (LocalIndex index : indexes) {
      if (index.name().equals(name)) return index.rows();
    }
    return rows;
  }

  private @Nullable StoredRow alive(@Nullable StoredRow row, Instant now) {
    if (row == null || schema.timeToLive() < 0) return row;
    return row.since(now.minusSeconds(schema.timeToLive()).toEpochMilli());
  }

  private void checkDefinedColumns(RowChange change) {
    for (PlainBufferCell cell : change.cells()) {
      if (!cell.hasCellValue()) continue;
      for (DefinedColumnSchema defined : schema.definedColumns()) {
        if (defined.getName().equals(cell.getCellName())
            && !cell.getCellValue().getType().name().equals(defined.getType().name())) {
          throw Refusal.invalid("Column '" + defined.getName() + "' is predefined as "
              + defined.getType() + ", found " + cell.getCellValue().getType() + ".");
        }
      }
    }
  }
}
