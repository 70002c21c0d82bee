package chatops.execution.tablestore;

import static chatops.execution.tablestore.Cells.part;

import chatops.engine.EngineException;
import chatops.engine.store.ExecutionStore.Guarded;
import com.alicloud.openservices.tablestore.ClientException;
import com.alicloud.openservices.tablestore.SyncClient;
import com.alicloud.openservices.tablestore.TableStoreException;
import com.alicloud.openservices.tablestore.model.ColumnValue;
import com.alicloud.openservices.tablestore.model.GetRowRequest;
import com.alicloud.openservices.tablestore.model.PrimaryKey;
import com.alicloud.openservices.tablestore.model.PutRowRequest;
import com.alicloud.openservices.tablestore.model.Row;
import com.alicloud.openservices.tablestore.model.RowPutChange;
import com.alicloud.openservices.tablestore.model.SingleRowQueryCriteria;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** Guard rows, keyed by a digest of their key: short whatever the key is, and spread over partitions. */
final class GuardTable {
  private final SyncClient client;
  private final Attempts attempts;
  private final Supplier<String> operationIds;
  private final InstantSource clock;

  GuardTable(
      SyncClient client, Attempts attempts, Supplier<String> operationIds, InstantSource clock) {
    this.client = client;
    this.attempts = attempts;
    this.operationIds = operationIds;
    this.clock = clock;
  }

  Guarded put(String key, String value, Instant until) {
    Instant now = clock.instant();
    if (until.isAfter(now.plus(StoreTables.GUARD_LIFE))) {
      throw new EngineException("guarding a key until " + until + ": guard rows are kept "
          + StoreTables.GUARD_LIFE.toDays() + " days; ask for less");
    }
    PrimaryKey row = Cells.key(part("key", DigestUtils.sha256Hex(key)));
    String operationId = operationIds.get();
    RowPutChange change = new RowPutChange(StoreTables.GUARD, row);
    change.setCondition(Conditions.absent());
    change.addColumn("value", ColumnValue.fromString(value));
    change.addColumn("until", ColumnValue.fromLong(Cells.nanos(until)));
    change.addColumn("op", ColumnValue.fromString(operationId));
    Attempts.Operation operation = attempts.begin("writing a guard");
    while (true) {
      try {
        Attempts.answered(client.putRow(new PutRowRequest(change)));
        return Guarded.NEW;
      } catch (TableStoreException | ClientException failure) {
        if (Trouble.of(failure) != Trouble.CONDITION) {
          operation.failed(failure);
          continue;
        }
      }
      Row stored = read(row);
      if (stored != null && Cells.number(stored, "until") >= Cells.nanos(now)) {
        return answer(stored, value, operationId);
      }
      // expired, though its cells still live: whoever replaces exactly this row is the new one
      change.setCondition(
          stored == null
              ? Conditions.absent()
              : Conditions.stands(Conditions.is("until", Cells.nanos(until(stored)))));
    }
  }

  private static Guarded answer(Row stored, String value, String operationId) {
    // our own write, whose answer was lost
    if (Cells.text(stored, "op").equals(operationId)) return Guarded.NEW;
    return Cells.text(stored, "value").equals(value) ? Guarded.SAME : Guarded.OTHER;
  }

  private static Instant until(Row stored) {
    return Cells.instant(Cells.number(stored, "until"));
  }

  private @Nullable Row read(PrimaryKey key) {
    SingleRowQueryCriteria criteria = new SingleRowQueryCriteria(StoreTables.GUARD, key);
    criteria.setMaxVersions(1);
    return attempts
        .repeat("reading a guard", () -> client.getRow(new GetRowRequest(criteria)))
        .getRow();
  }
}
