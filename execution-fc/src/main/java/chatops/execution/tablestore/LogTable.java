package chatops.execution.tablestore;

import static chatops.execution.tablestore.Cells.part;

import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.store.LogRow;
import com.alicloud.openservices.tablestore.model.ColumnValue;
import com.alicloud.openservices.tablestore.model.PrimaryKeyValue;
import com.alicloud.openservices.tablestore.model.RangeRowQueryCriteria;
import com.alicloud.openservices.tablestore.model.Row;
import com.alicloud.openservices.tablestore.model.RowPutChange;
import java.util.List;

/** Lines of executions' logs, one row each; written again without harm. */
final class LogTable {
  private final Ranges ranges;
  private final Batches batches;
  private final Removal removal;

  LogTable(Ranges ranges, Batches batches, Removal removal) {
    this.ranges = ranges;
    this.batches = batches;
    this.removal = removal;
  }

  void append(List<LogRow> lines) {
    batches.write("appending logs", lines.stream().map(LogTable::change).toList());
  }

  List<LogRow> after(ExecutionId id, long afterSequence, int limit) {
    if (afterSequence == Long.MAX_VALUE) return List.of();
    RangeRowQueryCriteria range = Ranges.between(
        StoreTables.LOG,
        Cells.key(Cells.execution(id), part("sequence", afterSequence + 1)),
        Cells.key(Cells.execution(id), part("sequence", PrimaryKeyValue.INF_MAX)));
    return ranges.read("reading logs of " + id, range, limit).stream()
        .map(LogTable::line)
        .toList();
  }

  void delete(ExecutionId id) {
    removal.run(
        id,
        Ranges.between(
            StoreTables.LOG,
            Cells.key(Cells.execution(id), part("sequence", PrimaryKeyValue.INF_MIN)),
            Cells.key(Cells.execution(id), part("sequence", PrimaryKeyValue.INF_MAX))),
        "level");
  }

  private static RowPutChange change(LogRow line) {
    RowPutChange change = new RowPutChange(
        StoreTables.LOG,
        Cells.key(Cells.execution(line.execution()), part("sequence", line.sequence())));
    change.addColumn("at", ColumnValue.fromLong(Cells.nanos(line.at())));
    change.addColumn("task", ColumnValue.fromString(line.task().value()));
    change.addColumn("level", ColumnValue.fromString(line.level().name()));
    change.addColumn("message", ColumnValue.fromString(line.message()));
    return change;
  }

  private static LogRow line(Row row) {
    return new LogRow(
        new ExecutionId(Cells.keyText(row, "executionId")),
        Cells.keyNumber(row, "sequence"),
        Cells.instant(Cells.number(row, "at")),
        new TaskPath(Cells.text(row, "task")),
        LogRow.Level.valueOf(Cells.text(row, "level")),
        Cells.text(row, "message"));
  }
}
