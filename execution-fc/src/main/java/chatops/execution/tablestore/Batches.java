package chatops.execution.tablestore;

import com.alicloud.openservices.tablestore.ClientException;
import com.alicloud.openservices.tablestore.SyncClient;
import com.alicloud.openservices.tablestore.TableStoreException;
import com.alicloud.openservices.tablestore.model.BatchGetRowRequest;
import com.alicloud.openservices.tablestore.model.BatchGetRowResponse;
import com.alicloud.openservices.tablestore.model.BatchWriteRowRequest;
import com.alicloud.openservices.tablestore.model.BatchWriteRowResponse;
import com.alicloud.openservices.tablestore.model.Error;
import com.alicloud.openservices.tablestore.model.MultiRowQueryCriteria;
import com.alicloud.openservices.tablestore.model.PrimaryKey;
import com.alicloud.openservices.tablestore.model.Row;
import com.alicloud.openservices.tablestore.model.RowChange;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes and reads of many rows, in requests the service takes. A batch is not atomic: rows that failed for a passing reason
 * are sent again, alone. All writes given here come to the same when repeated. Thread-safe.
 */
final class Batches {
  private static final int WRITE_ROWS = 200;
  /** Below the service's 4 MB, which counts the encoding, too. */
  private static final long WRITE_BYTES = 3_500_000;
  /** What the encoding adds to a row, at most: tags, lengths, checksums, names, its condition. */
  private static final int ROW_OVERHEAD = 1024;
  /** 40 documents of {@link ExecutionTable#DOCUMENT_BYTES} stay below the 4 MB of one answer. */
  private static final int READ_ROWS = 40;

  private final SyncClient client;
  private final Attempts attempts;

  Batches(SyncClient client, Attempts attempts) {
    this.client = client;
    this.attempts = attempts;
  }

  /** Writes all rows; false as soon as the condition of one did not hold, with others possibly written. */
  boolean write(String what, List<? extends RowChange> rows) {
    List<RowChange> batch = new ArrayList<>();
    long bytes = 0;
    for (RowChange row : rows) {
      long size = row.getDataSize() + (long) ROW_OVERHEAD;
      if (batch.size() == WRITE_ROWS || (bytes + size > WRITE_BYTES && !batch.isEmpty())) {
        if (!send(what, batch)) return false;
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(row);
      bytes += size;
    }
    return batch.isEmpty() || send(what, batch);
  }

  private boolean send(String what, List<RowChange> rows) {
    Attempts.Operation operation = attempts.begin(what);
    List<RowChange> left = rows;
    while (true) {
      BatchWriteRowRequest request = new BatchWriteRowRequest();
      left.forEach(request::addRowChange);
      try {
        List<BatchWriteRowResponse.RowResult> failed =
            Attempts.answered(client.batchWriteRow(request)).getFailedRows();
        if (failed.isEmpty()) return true;
        left = new ArrayList<>();
        for (BatchWriteRowResponse.RowResult row : failed) {
          if (trouble(row) == Trouble.CONDITION) return false;
          left.add(request.getRowChange(row.getTableName(), row.getIndex()));
        }
        operation.failed(worst(failed), told(failed.get(0).getError()), null);
      } catch (TableStoreException | ClientException failure) {
        operation.failed(failure);
      }
    }
  }

  /** One row that can never succeed ends the batch. */
  private static Trouble worst(List<BatchWriteRowResponse.RowResult> failed) {
    for (BatchWriteRowResponse.RowResult row : failed) {
      if (trouble(row) == Trouble.FINAL) return Trouble.FINAL;
    }
    return trouble(failed.get(0));
  }

  private static String told(Error error) {
    return error.getCode() + ": " + error.getMessage();
  }

  private static Trouble trouble(BatchWriteRowResponse.RowResult row) {
    return Trouble.of(row.getError().getCode(), row.getError().getMessage(), 0);
  }

  /** The rows that exist of these keys, in any order. */
  List<Row> read(String what, String table, List<PrimaryKey> keys) {
    List<Row> rows = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += READ_ROWS) {
      read(what, table, keys.subList(from, Math.min(from + READ_ROWS, keys.size())), rows);
    }
    return rows;
  }

  private void read(String what, String table, List<PrimaryKey> keys, List<Row> rows) {
    Attempts.Operation operation = attempts.begin(what);
    List<PrimaryKey> left = keys;
    while (!left.isEmpty()) {
      try {
        BatchGetRowResponse response = Attempts.answered(client.batchGetRow(request(table, left)));
        List<PrimaryKey> again = new ArrayList<>();
        for (BatchGetRowResponse.RowResult row : response.getBatchGetRowResult(table)) {
          if (!row.isSucceed()) {
            again.add(left.get(row.getIndex()));
          } else if (row.getRow() != null) {
            rows.add(row.getRow());
          }
        }
        left = again;
        if (!again.isEmpty()) {
          Error error = response.getFailedRows().get(0).getError();
          operation.failed(Trouble.of(error.getCode(), error.getMessage(), 0), told(error), null);
        }
      } catch (TableStoreException | ClientException failure) {
        operation.failed(failure);
      }
    }
  }

  private static BatchGetRowRequest request(String table, List<PrimaryKey> keys) {
    MultiRowQueryCriteria criteria = new MultiRowQueryCriteria(table);
    keys.forEach(criteria::addRow);
    criteria.setMaxVersions(1);
    BatchGetRowRequest request = new BatchGetRowRequest();
    request.addMultiRowQueryCriteria(criteria);
    return request;
  }
}
