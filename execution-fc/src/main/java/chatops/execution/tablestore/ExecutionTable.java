package chatops.execution.tablestore;

import static chatops.execution.tablestore.Cells.part;

import chatops.engine.RowTooLargeException;
import chatops.engine.execution.Codec;
import chatops.engine.id.ExecutionId;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore.Saved;
import chatops.engine.store.StoreException;
import com.alicloud.openservices.tablestore.ClientException;
import com.alicloud.openservices.tablestore.SyncClient;
import com.alicloud.openservices.tablestore.TableStoreException;
import com.alicloud.openservices.tablestore.model.Column;
import com.alicloud.openservices.tablestore.model.ColumnValue;
import com.alicloud.openservices.tablestore.model.Condition;
import com.alicloud.openservices.tablestore.model.DeleteRowRequest;
import com.alicloud.openservices.tablestore.model.GetRowRequest;
import com.alicloud.openservices.tablestore.model.PrimaryKey;
import com.alicloud.openservices.tablestore.model.Row;
import com.alicloud.openservices.tablestore.model.RowDeleteChange;
import com.alicloud.openservices.tablestore.model.RowUpdateChange;
import com.alicloud.openservices.tablestore.model.SingleRowQueryCriteria;
import com.alicloud.openservices.tablestore.model.UpdateRowRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Rows of executions, each saved in one conditional write.
 *
 * <p>An answer may be lost after the write took effect. Therefore every save leaves an operation id in one of {@value #SLOTS}
 * columns, by version: when a repeated save finds its condition broken, the slot of its version tells whether it was our own
 * write, even after others have saved later versions.
 */
final class ExecutionTable {
  /** A document of {@link Codec#LIMIT}, and the third that sealing adds to it. */
  static final int DOCUMENT_BYTES = Codec.LIMIT / 3 * 4 + 1024;

  private static final int SLOTS = 8;

  private final SyncClient client;
  private final Attempts attempts;
  private final Supplier<String> operationIds;

  /** @param operationIds a text that no other save ever has */
  ExecutionTable(SyncClient client, Attempts attempts, Supplier<String> operationIds) {
    this.client = client;
    this.attempts = attempts;
    this.operationIds = operationIds;
  }

  static PrimaryKey key(ExecutionId id) {
    return Cells.key(part("shard", Cells.shard(id)), Cells.execution(id));
  }

  Saved save(ExecutionRow row, long expectedVersion) {
    Condition condition = expectedVersion == 0
        ? Conditions.absent()
        : Conditions.stands(Conditions.is("version", expectedVersion));
    String operationId = operationIds.get();
    RowUpdateChange change = change(row, operationId);
    change.setCondition(condition);
    Attempts.Operation operation =
        attempts.begin("saving " + row.id() + " at version " + expectedVersion);
    while (true) {
      try {
        Attempts.answered(client.updateRow(new UpdateRowRequest(change)));
        return Saved.DONE;
      } catch (TableStoreException | ClientException failure) {
        if (Trouble.of(failure) == Trouble.CONDITION) {
          return operation.isFateUnknown() ? saved(row, operationId) : Saved.CONFLICT;
        }
        operation.failed(failure);
      }
    }
  }

  /** Whether the save under this operation id is the one that took effect. */
  private Saved saved(ExecutionRow row, String operationId) {
    Optional<Row> stored = read("checking the fate of a save of " + row.id(), row.id());
    if (stored.isEmpty()) return Saved.CONFLICT;
    Column slot = Cells.column(stored.get(), slot(row.version()));
    if (slot != null && slot.getValue().asString().equals(operationId)) return Saved.DONE;
    long version = Cells.number(stored.get(), "version");
    if (version >= row.version() + SLOTS) {
      String found =
          "version " + version + " is stored, too far to tell who saved version " + row.version();
      throw new StoreException(
          "Tablestore, saving " + row.id() + ": the answer was lost and " + found + "; read again",
          new IllegalStateException(found));
    }
    return Saved.CONFLICT;
  }

  Optional<ExecutionRow> load(ExecutionId id) {
    return read("loading " + id, id).map(ExecutionTable::row);
  }

  void delete(ExecutionId id) {
    RowDeleteChange change = new RowDeleteChange(StoreTables.EXECUTION, key(id));
    attempts.repeat("deleting " + id, () -> client.deleteRow(new DeleteRowRequest(change)));
  }

  static ExecutionRow row(Row row) {
    Column wakeAt = Cells.column(row, "wakeAt");
    return new ExecutionRow(
        new ExecutionId(Cells.keyText(row, "executionId")),
        Cells.number(row, "version"),
        Math.toIntExact(Cells.number(row, "schema")),
        Cells.number(row, "epoch"),
        Cells.text(row, "status"),
        wakeAt == null ? null : Cells.instant(wakeAt.getValue().asLong()),
        Cells.instant(Cells.number(row, "createdAt")),
        Cells.text(row, "template"),
        Cells.text(row, "startedBy"),
        Cells.text(row, "document"));
  }

  /** Refuses before anything of a commit is written. */
  static void checkSize(ExecutionRow row) {
    int bytes = row.document().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > DOCUMENT_BYTES) {
      throw new RowTooLargeException("saving " + row.id() + ": its document has " + bytes
          + " bytes, a row holds " + DOCUMENT_BYTES + "; values over 8 KB belong into blobs");
    }
  }

  private Optional<Row> read(String what, ExecutionId id) {
    SingleRowQueryCriteria criteria = new SingleRowQueryCriteria(StoreTables.EXECUTION, key(id));
    criteria.setMaxVersions(1);
    return Optional.ofNullable(
        attempts.repeat(what, () -> client.getRow(new GetRowRequest(criteria))).getRow());
  }

  /** An update rather than a put: the slots of other versions must stay. */
  private static RowUpdateChange change(ExecutionRow row, String operationId) {
    RowUpdateChange change = new RowUpdateChange(StoreTables.EXECUTION, key(row.id()));
    change.put("version", ColumnValue.fromLong(row.version()));
    change.put("schema", ColumnValue.fromLong(row.schema()));
    change.put("epoch", ColumnValue.fromLong(row.epoch()));
    change.put("status", ColumnValue.fromString(row.status()));
    change.put("createdAt", ColumnValue.fromLong(Cells.nanos(row.createdAt())));
    change.put("template", ColumnValue.fromString(row.template()));
    change.put("startedBy", ColumnValue.fromString(row.startedBy()));
    change.put("document", ColumnValue.fromString(row.document()));
    change.put(slot(row.version()), ColumnValue.fromString(operationId));
    Instant wakeAt = row.wakeAt();
    if (wakeAt == null) {
      change.deleteColumns("wakeAt");
    } else {
      change.put("wakeAt", ColumnValue.fromLong(Cells.nanos(wakeAt)));
    }
    return change;
  }

  private static String slot(long version) {
    return "op" + Math.floorMod(version, SLOTS);
  }
}
