package chatops.execution.tablestore;

import chatops.engine.id.ExecutionId;
import com.alicloud.openservices.tablestore.model.RangeRowQueryCriteria;
import com.alicloud.openservices.tablestore.model.Row;
import com.alicloud.openservices.tablestore.model.RowDeleteChange;
import java.util.ArrayList;
import java.util.List;

/** Deletes all rows of a range. */
final class Removal {
  private final Ranges ranges;
  private final Batches batches;

  Removal(Ranges ranges, Batches batches) {
    this.ranges = ranges;
    this.batches = batches;
  }

  /** @param smallColumn one that every row has: rows are read for their keys only */
  void run(ExecutionId id, RangeRowQueryCriteria range, String smallColumn) {
    range.addColumnsToGet(smallColumn);
    List<RowDeleteChange> deletions = new ArrayList<>();
    for (Row row : ranges.read("deleting rows of " + id, range, Integer.MAX_VALUE)) {
      deletions.add(new RowDeleteChange(range.getTableName(), row.getPrimaryKey()));
    }
    batches.write("deleting rows of " + id, deletions);
  }
}
