package chatops.execution.tablestore;

import static chatops.execution.tablestore.Cells.part;

import chatops.engine.store.ExecutionStore.Saved;
import chatops.engine.store.SharedRow;
import chatops.engine.store.SharedRows;
import com.alicloud.openservices.tablestore.ClientException;
import com.alicloud.openservices.tablestore.SyncClient;
import com.alicloud.openservices.tablestore.TableStoreException;
import com.alicloud.openservices.tablestore.model.ColumnValue;
import com.alicloud.openservices.tablestore.model.Condition;
import com.alicloud.openservices.tablestore.model.DeleteRowRequest;
import com.alicloud.openservices.tablestore.model.GetRowRequest;
import com.alicloud.openservices.tablestore.model.PrimaryKey;
import com.alicloud.openservices.tablestore.model.PrimaryKeyValue;
import com.alicloud.openservices.tablestore.model.PutRowRequest;
import com.alicloud.openservices.tablestore.model.Row;
import com.alicloud.openservices.tablestore.model.RowDeleteChange;
import com.alicloud.openservices.tablestore.model.RowPutChange;
import com.alicloud.openservices.tablestore.model.SingleRowQueryCriteria;
import java.util.List;
import java.util.Optional;

/** Rows that executions share; the stamp is the column that conditions compare, and how a lost answer is recognised. */
final class SharedTable implements SharedRows {
  private final SyncClient client;
  private final Attempts attempts;
  private final Ranges ranges;

  SharedTable(SyncClient client, Attempts attempts, Ranges ranges) {
    this.client = client;
    this.attempts = attempts;
    this.ranges = ranges;
  }

  @Override
  public Optional<SharedRow> find(String key) {
    SingleRowQueryCriteria criteria = new SingleRowQueryCriteria(StoreTables.SHARED, key(key));
    criteria.setMaxVersions(1);
    Row row = attempts
        .repeat("reading " + key, () -> client.getRow(new GetRowRequest(criteria)))
        .getRow();
    return Optional.ofNullable(row).map(SharedTable::row);
  }

  @Override
  public List<SharedRow> under(String prefix, int limit) {
    return ranges
        .read(
            "reading " + prefix + "…",
            Ranges.between(
                StoreTables.SHARED,
                key(prefix),
                Cells.key(part("key", PrimaryKeyValue.fromString(after(prefix))))),
            limit)
        .stream()
        .map(SharedTable::row)
        .toList();
  }

  /** The first key that does not begin so: the last character, which is {@code :} in practice, counted up. */
  private static String after(String prefix) {
    int last = prefix.length() - 1;
    return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
  }

  @Override
  public Saved put(SharedRow row, String expected) {
    RowPutChange change = new RowPutChange(StoreTables.SHARED, key(row.key()));
    change.setCondition(condition(expected));
    change.addColumn("stamp", ColumnValue.fromString(row.stamp()));
    change.addColumn("value", ColumnValue.fromString(row.value()));
    Attempts.Operation operation = attempts.begin("writing " + row.key());
    while (true) {
      try {
        Attempts.answered(client.putRow(new PutRowRequest(change)));
        return Saved.DONE;
      } catch (TableStoreException | ClientException failure) {
        if (Trouble.of(failure) == Trouble.CONDITION) {
          // our own write, whose answer was lost, or somebody else's
          boolean isOurs = operation.isFateUnknown()
              && find(row.key()).map(SharedRow::stamp).orElse(ABSENT).equals(row.stamp());
          return isOurs ? Saved.DONE : Saved.CONFLICT;
        }
        operation.failed(failure);
      }
    }
  }

  @Override
  public Saved remove(String key, String expected) {
    RowDeleteChange change = new RowDeleteChange(StoreTables.SHARED, key(key));
    change.setCondition(Conditions.stands(Conditions.is("stamp", expected)));
    Attempts.Operation operation = attempts.begin("removing " + key);
    while (true) {
      try {
        Attempts.answered(client.deleteRow(new DeleteRowRequest(change)));
        return Saved.DONE;
      } catch (TableStoreException | ClientException failure) {
        if (Trouble.of(failure) == Trouble.CONDITION) {
          return find(key).isEmpty() ? Saved.DONE : Saved.CONFLICT;
        }
        operation.failed(failure);
      }
    }
  }

  private static Condition condition(String expected) {
    return expected.equals(ABSENT)
        ? Conditions.absent()
        : Conditions.stands(Conditions.is("stamp", expected));
  }

  private static PrimaryKey key(String key) {
    return Cells.key(part("key", key));
  }

  private static SharedRow row(Row row) {
    return new SharedRow(
        Cells.keyText(row, "key"), Cells.text(row, "stamp"), Cells.text(row, "value"));
  }
}
