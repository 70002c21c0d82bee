package chatops.execution.tablestore;

import static chatops.execution.tablestore.Cells.part;

import chatops.engine.id.ExecutionId;
import chatops.engine.store.AuditRow;
import com.alicloud.openservices.tablestore.model.ColumnValue;
import com.alicloud.openservices.tablestore.model.PrimaryKeyValue;
import com.alicloud.openservices.tablestore.model.RangeRowQueryCriteria;
import com.alicloud.openservices.tablestore.model.Row;
import com.alicloud.openservices.tablestore.model.RowPutChange;
import java.util.List;

/** Audit records of executions, some of them in a row. The hash is in the key, so a refused commit never overwrites another's row. */
final class AuditTable {
  private final Ranges ranges;
  private final Removal removal;

  AuditTable(Ranges ranges, Removal removal) {
    this.ranges = ranges;
    this.removal = removal;
  }

  /** What writes audit rows; again without harm. */
  static List<RowPutChange> changes(List<AuditRow> rows) {
    return rows.stream().map(AuditTable::change).toList();
  }

  List<AuditRow> of(ExecutionId id) {
    return ranges.read("reading the audit trail of " + id, all(id), Integer.MAX_VALUE).stream()
        .map(AuditTable::row)
        .toList();
  }

  void delete(ExecutionId id) {
    removal.run(id, all(id), "size");
  }

  private static RowPutChange change(AuditRow row) {
    RowPutChange change = new RowPutChange(
        StoreTables.AUDIT,
        Cells.key(
            Cells.execution(row.execution()), part("last", row.last()), part("hash", row.hash())));
    change.addColumn("text", ColumnValue.fromString(row.text()));
    change.addColumn("size", ColumnValue.fromLong(row.text().length()));
    return change;
  }

  private static AuditRow row(Row row) {
    return new AuditRow(
        new ExecutionId(Cells.keyText(row, "executionId")),
        Cells.keyNumber(row, "last"),
        Cells.keyText(row, "hash"),
        Cells.text(row, "text"));
  }

  private static RangeRowQueryCriteria all(ExecutionId id) {
    return Ranges.between(
        StoreTables.AUDIT,
        Cells.key(
            Cells.execution(id),
            part("last", PrimaryKeyValue.INF_MIN),
            part("hash", PrimaryKeyValue.INF_MIN)),
        Cells.key(
            Cells.execution(id),
            part("last", PrimaryKeyValue.INF_MAX),
            part("hash", PrimaryKeyValue.INF_MAX)));
  }
}
