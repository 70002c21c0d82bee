package chatops.execution.tablestore;

import static chatops.execution.tablestore.Cells.part;

import chatops.engine.RowTooLargeException;
import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.store.Commit;
import chatops.engine.store.TaskRow;
import com.alicloud.openservices.tablestore.model.ColumnValue;
import com.alicloud.openservices.tablestore.model.PrimaryKey;
import com.alicloud.openservices.tablestore.model.PrimaryKeyValue;
import com.alicloud.openservices.tablestore.model.RangeRowQueryCriteria;
import com.alicloud.openservices.tablestore.model.Row;
import com.alicloud.openservices.tablestore.model.RowPutChange;
import com.alicloud.openservices.tablestore.model.condition.ColumnCondition;
import com.alicloud.openservices.tablestore.model.condition.SingleColumnValueCondition.CompareOperator;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of task runs and loop items, each written only over an older epoch or an older commit. */
final class TaskTable {
  /** Half of what a column holds; a batch takes three of them. */
  static final int TASK_BYTES = 1024 * 1024;

  private final Ranges ranges;
  private final Batches batches;
  private final Removal removal;

  TaskTable(Ranges ranges, Batches batches, Removal removal) {
    this.ranges = ranges;
    this.batches = batches;
    this.removal = removal;
  }

  /** Writes the commit's task rows; false when one is stored by a newer epoch, or by a newer version of the same. */
  boolean put(Commit commit) {
    Map<TaskPath, RowPutChange> byPath = new LinkedHashMap<>();
    for (TaskRow task : commit.tasks()) {
      byPath.put(task.path(), change(task, commit.execution().version()));
    }
    return batches.write(
        "writing tasks of " + commit.execution().id(), List.copyOf(byPath.values()));
  }

  static void checkSizes(Commit commit) {
    for (TaskRow task : commit.tasks()) {
      int bytes = task.document().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > TASK_BYTES) {
        throw new RowTooLargeException("writing task " + task.path() + " of " + task.execution()
            + ": its document has " + bytes + " bytes, a row holds " + TASK_BYTES
            + "; values over 8 KB belong into blobs");
      }
    }
  }

  List<TaskRow> under(ExecutionId id, TaskPath under) {
    // '0' is the character after '.' and '/', which are all that can follow a whole path
    PrimaryKeyValue end =
        under.isRoot() ? PrimaryKeyValue.INF_MAX : PrimaryKeyValue.fromString(under.value() + "0");
    RangeRowQueryCriteria range = Ranges.between(
        StoreTables.TASK,
        Cells.key(Cells.execution(id), part("path", under.value())),
        Cells.key(Cells.execution(id), part("path", end)));
    return ranges.read("reading tasks of " + id, range, Integer.MAX_VALUE).stream()
        .map(TaskTable::task)
        .toList();
  }

  void delete(ExecutionId id) {
    removal.run(
        id,
        Ranges.between(
            StoreTables.TASK,
            Cells.key(Cells.execution(id), part("path", PrimaryKeyValue.INF_MIN)),
            Cells.key(Cells.execution(id), part("path", PrimaryKeyValue.INF_MAX))),
        "epoch");
  }

  /**
   * The version beside the epoch orders the writes of one lease: a write whose answer was lost may arrive after the writes
   * that followed it, and must then be refused.
   */
  private static RowPutChange change(TaskRow task, long version) {
    PrimaryKey key =
        Cells.key(Cells.execution(task.execution()), part("path", task.path().value()));
    RowPutChange change = new RowPutChange(StoreTables.TASK, key);
    ColumnCondition olderEpoch =
        Conditions.compare("epoch", CompareOperator.LESS_THAN, task.epoch(), true);
    ColumnCondition ownEpoch = Conditions.both(
        Conditions.is("epoch", task.epoch()),
        Conditions.compare("version", CompareOperator.LESS_EQUAL, version, false));
    change.setCondition(Conditions.absentOr(Conditions.either(olderEpoch, ownEpoch)));
    change.addColumn("epoch", ColumnValue.fromLong(task.epoch()));
    change.addColumn("version", ColumnValue.fromLong(version));
    change.addColumn("schema", ColumnValue.fromLong(task.schema()));
    change.addColumn("document", ColumnValue.fromString(task.document()));
    return change;
  }

  private static TaskRow task(Row row) {
    return new TaskRow(
        new ExecutionId(Cells.keyText(row, "executionId")),
        new TaskPath(Cells.keyText(row, "path")),
        Cells.number(row, "epoch"),
        Math.toIntExact(Cells.number(row, "schema")),
        Cells.text(row, "document"));
  }
}
