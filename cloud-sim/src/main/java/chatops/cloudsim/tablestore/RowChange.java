package chatops.cloudsim.tablestore;

import com.alicloud.openservices.tablestore.core.protocol.OtsInternalApi;
import com.alicloud.openservices.tablestore.core.protocol.PlainBufferCell;
import com.alicloud.openservices.tablestore.core.protocol.PlainBufferConsts;
import com.alicloud.openservices.tablestore.core.protocol.PlainBufferRow;
import com.alicloud.openservices.tablestore.model.Column;
import com.alicloud.openservices.tablestore.model.ColumnType;
import com.alicloud.openservices.tablestore.model.ColumnValue;
import com.alicloud.openservices.tablestore.model.PrimaryKey;
import com.aliyun.ots.thirdparty.com.google.protobuf.ByteString;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One write of one row: what it does, to which key, under which condition, and what it answers. */
record RowChange(
    OtsInternalApi.OperationType type,
    PrimaryKey key,
    List<PlainBufferCell> cells,
    OtsInternalApi.RowExistenceExpectation expectation,
    @Nullable ColumnFilter columnCondition,
    OtsInternalApi.ReturnContent returned) {

  static RowChange decode(
      OtsInternalApi.OperationType type,
      ByteString row,
      OtsInternalApi.Condition condition,
      OtsInternalApi.ReturnContent returned) {
    if (row.size() > Limits.WRITE_BYTES) {
      throw new Refusal(
          400,
          "OTSOutOfRowSizeLimit",
          "The total size of the row is " + row.size() + ", exceeds " + Limits.WRITE_BYTES + ".");
    }
    PlainBufferRow plain = PlainRows.decode(row);
    ColumnFilter columns =
        condition.hasColumnCondition() ? ColumnFilter.parse(condition.getColumnCondition()) : null;
    RowChange change = new RowChange(
        type,
        PlainRows.key(plain),
        plain.getCells(),
        condition.getRowExistence(),
        columns,
        returned);
    change.check();
    return change;
  }

  /** The row after this change; null when it deletes. */
  @Nullable
  StoredRow applied(@Nullable StoredRow before, long timestamp) {
    if (type == OtsInternalApi.OperationType.DELETE) return null;
    TreeMap<String, Column> columns = new TreeMap<>();
    if (type == OtsInternalApi.OperationType.UPDATE && before != null)
      columns.putAll(before.columns());
    for (PlainBufferCell cell : cells) {
      change(columns, cell, timestamp);
    }
    return new StoredRow(key, columns);
  }

  void mustHold(@Nullable StoredRow before) {
    boolean exists = before != null;
    boolean existence = switch (expectation) {
      case IGNORE -> true;
      case EXPECT_EXIST -> exists;
      case EXPECT_NOT_EXIST -> !exists;
    };
    if (!existence
        || (columnCondition != null
            && !columnCondition.passes(before == null ? new TreeMap<>() : before.columns()))) {
      throw Refusal.conditionFailed();
    }
  }

  private static void change(
      TreeMap<String, Column> columns, PlainBufferCell cell, long timestamp) {
    String name = cell.getCellName();
    Column stored = columns.get(name);
    byte kind = cell.hasCellType() ? cell.getCellType() : 0;
    if (kind == PlainBufferConsts.DELETE_ALL_VERSION
        || (kind == PlainBufferConsts.DELETE_ONE_VERSION
            && stored != null
            && stored.getTimestamp() == cell.getCellTimestamp())) {
      columns.remove(name);
    } else if (kind == PlainBufferConsts.INCREMENT) {
      columns.put(
          name, new Column(name, ColumnValue.fromLong(sum(name, stored, value(cell))), timestamp));
    } else if (kind == 0) {
      columns.put(
          name,
          new Column(
              name, value(cell), cell.hasCellTimestamp() ? cell.getCellTimestamp() : timestamp));
    }
  }

  private static long sum(String name, @Nullable Column stored, ColumnValue by) {
    if (by.getType() != ColumnType.INTEGER
        || (stored != null && stored.getValue().getType() != ColumnType.INTEGER)) {
      throw Refusal.invalid("Only an integer column can be incremented: '" + name + "'.");
    }
    return (stored == null ? 0 : stored.getValue().asLong()) + by.asLong();
  }

  private static ColumnValue value(PlainBufferCell cell) {
    if (!cell.hasCellValue()) {
      throw Refusal.invalid("Column '" + cell.getCellName() + "' has no value.");
    }
    return cell.getCellValue();
  }

  private void check() {
    if (cells.size() > Limits.COLUMNS_PER_WRITE) {
      throw new Refusal(
          400,
          "OTSOutOfColumnCountLimit",
          "The number of columns from the request exceeds the limit, limit: "
              + Limits.COLUMNS_PER_WRITE + ", current: " + cells.size() + ".");
    }
    if (type == OtsInternalApi.OperationType.UPDATE && cells.isEmpty()) {
      throw Refusal.invalid("No attribute column is updated.");
    }
    Set<String> names = new HashSet<>();
    for (PlainBufferCell cell : cells) {
      if (!names.add(cell.getCellName())) {
        throw Refusal.invalid(
            "Duplicated attribute column name with no timestamp: '" + cell.getCellName() + "'.");
      }
      if (cell.hasCellValue() && value(cell).getDataSize() > Limits.VALUE_BYTES) {
        throw Refusal.invalid(
            "The length of attribute column: '" + cell.getCellName() + "' exceeds the MaxLength:"
                + Limits.VALUE_BYTES + " with CurrentLength:" + value(cell).getDataSize() + ".");
      }
    }
  }
}
