package chatops.cloudsim.tablestore;

import chatops.cloudsim.cloud.Fault;
import com.alicloud.openservices.tablestore.core.protocol.OtsInternalApi;
import com.aliyun.ots.thirdparty.com.google.protobuf.ByteString;
import com.aliyun.ots.thirdparty.com.google.protobuf.InvalidProtocolBufferException;
import com.aliyun.ots.thirdparty.com.google.protobuf.Message;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calls on many rows. A batch is not atomic: each row has its own result, and a batch may stop in the middle. */
final class BatchCalls {
  /** Thrown after a row took effect, to drop the connection there. */
  static final class CutOff extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CutOff() {
      super("cut off in the middle of a batch", null, false, false);
    }
  }

  private final RowCalls rows;
  private final Function<String, @Nullable Fault> faults;

  /** @param faults the fault that hits the next row of a call, asked as {@code BatchWriteRow.row} or {@code BatchGetRow.row} */
  BatchCalls(RowCalls rows, Function<String, @Nullable Fault> faults) {
    this.rows = rows;
    this.faults = faults;
  }

  Message get(byte[] body) throws InvalidProtocolBufferException {
    OtsInternalApi.BatchGetRowRequest request = OtsInternalApi.BatchGetRowRequest.parseFrom(body);
    count(
        request.getTablesList().stream()
            .mapToInt(OtsInternalApi.TableInBatchGetRowRequest::getPrimaryKeyCount)
            .sum(),
        Limits.BATCH_READ_ROWS);
    OtsInternalApi.BatchGetRowResponse.Builder response =
        OtsInternalApi.BatchGetRowResponse.newBuilder();
    for (OtsInternalApi.TableInBatchGetRowRequest table : request.getTablesList()) {
      OtsInternalApi.TableInBatchGetRowResponse.Builder results =
          OtsInternalApi.TableInBatchGetRowResponse.newBuilder().setTableName(table.getTableName());
      for (ByteString key : table.getPrimaryKeyList()) {
        results.addRows(read(table, key));
      }
      response.addTables(results);
    }
    return response.build();
  }

  Message write(byte[] body) throws InvalidProtocolBufferException {
    OtsInternalApi.BatchWriteRowRequest request =
        OtsInternalApi.BatchWriteRowRequest.parseFrom(body);
    if (request.getIsAtomic() || request.hasTransactionId()) {
      throw Refusal.unsupported("local transaction");
    }
    count(
        request.getTablesList().stream()
            .mapToInt(OtsInternalApi.TableInBatchWriteRowRequest::getRowsCount)
            .sum(),
        Limits.BATCH_WRITE_ROWS);
    if (body.length > Limits.WRITE_BYTES) {
      throw Refusal.invalid(
          "The total data size of BatchWriteRow request exceeds the limit, limit size: "
              + Limits.WRITE_BYTES + ", data size: " + body.length + ".");
    }
    OtsInternalApi.BatchWriteRowResponse.Builder response =
        OtsInternalApi.BatchWriteRowResponse.newBuilder();
    for (OtsInternalApi.TableInBatchWriteRowRequest table : request.getTablesList()) {
      OtsInternalApi.TableInBatchWriteRowResponse.Builder results =
          OtsInternalApi.TableInBatchWriteRowResponse.newBuilder()
              .setTableName(table.getTableName());
      for (OtsInternalApi.RowInBatchWriteRowRequest row : table.getRowsList()) {
        results.addRows(write(table.getTableName(), row));
      }
      response.addTables(results);
    }
    return response.build();
  }

  private OtsInternalApi.RowInBatchGetRowResponse read(
      OtsInternalApi.TableInBatchGetRowRequest table, ByteString key)
      throws InvalidProtocolBufferException {
    OtsInternalApi.RowInBatchGetRowResponse.Builder result =
        OtsInternalApi.RowInBatchGetRowResponse.newBuilder();
    try {
      refuseIfHit("BatchGetRow.row");
      ByteString row = rows.read(
          table.getTableName(),
          PlainRows.key(key),
          table.getColumnsToGetList(),
          table.hasFilter() ? ColumnFilter.parse(table.getFilter()) : null);
      return result
          .setIsOk(true)
          .setConsumed(Capacity.read(row.size()))
          .setRow(row)
          .build();
    } catch (Refusal refusal) {
      return result.setIsOk(false).setError(error(refusal)).build();
    }
  }

  private OtsInternalApi.RowInBatchWriteRowResponse write(
      String table, OtsInternalApi.RowInBatchWriteRowRequest row) {
    OtsInternalApi.RowInBatchWriteRowResponse.Builder result =
        OtsInternalApi.RowInBatchWriteRowResponse.newBuilder();
    try {
      boolean last = refuseIfHit("BatchWriteRow.row");
      RowChange change = RowChange.decode(
          row.getType(), row.getRowChange(), row.getCondition(), row.getReturnContent());
      ByteString returned = rows.write(table, change);
      if (last) throw new CutOff();
      return result
          .setIsOk(true)
          .setConsumed(Capacity.write(row.getRowChange().size()))
          .setRow(returned)
          .build();
    } catch (Refusal refusal) {
      return result.setIsOk(false).setError(error(refusal)).build();
    }
  }

  /** Whether the batch is to be cut off after this row. */
  private boolean refuseIfHit(String api) {
    Fault fault = faults.apply(api);
    if (fault instanceof Fault.Refuse refuse) {
      throw new Refusal(refuse.status(), refuse.code(), refuse.message());
    }
    return fault instanceof Fault.LostReply;
  }

  private static OtsInternalApi.Error error(Refusal refusal) {
    return OtsInternalApi.Error.newBuilder()
        .setCode(refusal.code())
        .setMessage(refusal.text())
        .build();
  }

  private static void count(int found, int most) {
    if (found < 1 || found > most) {
      throw Refusal.invalid(
          "Rows count exceeds the upper limit or is zero: " + found + ", limit " + most + ".");
    }
  }
}
