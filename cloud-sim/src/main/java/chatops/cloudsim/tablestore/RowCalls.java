package chatops.cloudsim.tablestore;

import com.alicloud.openservices.tablestore.core.protocol.OtsInternalApi;
import com.alicloud.openservices.tablestore.model.PrimaryKey;
import com.aliyun.ots.thirdparty.com.google.protobuf.ByteString;
import com.aliyun.ots.thirdparty.com.google.protobuf.InvalidProtocolBufferException;
import com.aliyun.ots.thirdparty.com.google.protobuf.Message;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The calls on single rows and on ranges. */
final class RowCalls {
  private final Tables tables;
  private final InstantSource clock;
  private final Limits limits;

  RowCalls(Tables tables, InstantSource clock, Limits limits) {
    this.tables = tables;
    this.clock = clock;
    this.limits = limits;
  }

  Message put(byte[] body) throws InvalidProtocolBufferException {
    OtsInternalApi.PutRowRequest request = OtsInternalApi.PutRowRequest.parseFrom(body);
    RowChange change = RowChange.decode(
        OtsInternalApi.OperationType.PUT,
        request.getRow(),
        request.getCondition(),
        request.getReturnContent());
    OtsInternalApi.PutRowResponse.Builder response = OtsInternalApi.PutRowResponse.newBuilder()
        .setConsumed(Capacity.write(request.getRow().size()));
    return response.setRow(write(request.getTableName(), change)).build();
  }

  Message update(byte[] body) throws InvalidProtocolBufferException {
    OtsInternalApi.UpdateRowRequest request = OtsInternalApi.UpdateRowRequest.parseFrom(body);
    RowChange change = RowChange.decode(
        OtsInternalApi.OperationType.UPDATE,
        request.getRowChange(),
        request.getCondition(),
        request.getReturnContent());
    OtsInternalApi.UpdateRowResponse.Builder response =
        OtsInternalApi.UpdateRowResponse.newBuilder()
            .setConsumed(Capacity.write(request.getRowChange().size()));
    return response.setRow(write(request.getTableName(), change)).build();
  }

  Message delete(byte[] body) throws InvalidProtocolBufferException {
    OtsInternalApi.DeleteRowRequest request = OtsInternalApi.DeleteRowRequest.parseFrom(body);
    RowChange change = RowChange.decode(
        OtsInternalApi.OperationType.DELETE,
        request.getPrimaryKey(),
        request.getCondition(),
        request.getReturnContent());
    OtsInternalApi.DeleteRowResponse.Builder response =
        OtsInternalApi.DeleteRowResponse.newBuilder()
            .setConsumed(Capacity.write(request.getPrimaryKey().size()));
    return response.setRow(write(request.getTableName(), change)).build();
  }

  Message get(byte[] body) throws InvalidProtocolBufferException {
    OtsInternalApi.GetRowRequest request = OtsInternalApi.GetRowRequest.parseFrom(body);
    plainRead(request.hasStartColumn() || request.hasEndColumn() || request.hasTimeRange());
    ByteString row = read(
        request.getTableName(),
        PlainRows.key(request.getPrimaryKey()),
        request.getColumnsToGetList(),
        request.hasFilter() ? ColumnFilter.parse(request.getFilter()) : null);
    return OtsInternalApi.GetRowResponse.newBuilder()
        .setConsumed(Capacity.read(row.size()))
        .setRow(row)
        .build();
  }

  Message range(byte[] body) throws InvalidProtocolBufferException {
    OtsInternalApi.GetRangeRequest request = OtsInternalApi.GetRangeRequest.parseFrom(body);
    plainRead(request.hasStartColumn() || request.hasEndColumn() || request.hasTimeRange());
    Range range = new Range(
        request.getTableName(),
        request.getDirection() == OtsInternalApi.Direction.FORWARD,
        PlainRows.key(request.getInclusiveStartPrimaryKey()),
        PlainRows.key(request.getExclusiveEndPrimaryKey()),
        request.getLimit(),
        columnsToGet(request.getColumnsToGetList()),
        request.hasFilter() ? ColumnFilter.parse(request.getFilter()) : null);
    Range.Page page = tables.serving(request.getTableName()).read(range, limits, clock.instant());
    OtsInternalApi.GetRangeResponse.Builder response = OtsInternalApi.GetRangeResponse.newBuilder()
        .setConsumed(Capacity.read(page.scannedBytes()))
        .setRows(PlainRows.encode(page.rows()));
    PrimaryKey next = page.next();
    if (next != null) response.setNextStartPrimaryKey(PlainRows.encodeKey(next));
    return response.build();
  }

  /** Applies a change and encodes what the caller wants to see of the row. */
  ByteString write(String table, RowChange change) {
    StoredRow after = tables.writable(table).write(change, clock.instant());
    return switch (change.returned().getReturnType()) {
      case RT_PK -> PlainRows.encode(List.of(new StoredRow(change.key(), new TreeMap<>())));
      case RT_AFTER_MODIFY ->
        encoded(after == null ? null : after.only(change.returned().getReturnColumnNamesList()));
      default -> ByteString.EMPTY;
    };
  }

  ByteString read(
      String source, PrimaryKey key, Collection<String> columns, @Nullable ColumnFilter filter) {
    StoredRow row = tables.serving(source).read(source, key, clock.instant());
    if (row == null || (filter != null && !filter.passes(row.columns()))) return ByteString.EMPTY;
    return encoded(row.only(columnsToGet(columns)));
  }

  private static ByteString encoded(@Nullable StoredRow row) {
    return row == null ? ByteString.EMPTY : PlainRows.encode(List.of(row));
  }

  private static List<String> columnsToGet(Collection<String> columns) {
    if (columns.size() > Limits.COLUMNS_TO_GET) {
      throw Refusal.invalid("The number of columns to get is " + columns.size() + ", exceeds "
          + Limits.COLUMNS_TO_GET + ".");
    }
    return List.copyOf(columns);
  }

  private static void plainRead(boolean asksForMore) {
    if (asksForMore) throw Refusal.unsupported("read by time range or column range");
  }
}
