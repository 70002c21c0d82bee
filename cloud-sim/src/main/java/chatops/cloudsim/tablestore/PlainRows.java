package chatops.cloudsim.tablestore;

import com.alicloud.openservices.tablestore.core.protocol.PlainBufferBuilder;
import com.alicloud.openservices.tablestore.core.protocol.PlainBufferCell;
import com.alicloud.openservices.tablestore.core.protocol.PlainBufferCodedInputStream;
import com.alicloud.openservices.tablestore.core.protocol.PlainBufferCodedOutputStream;
import com.alicloud.openservices.tablestore.core.protocol.PlainBufferConversion;
import com.alicloud.openservices.tablestore.core.protocol.PlainBufferInputStream;
import com.alicloud.openservices.tablestore.core.protocol.PlainBufferOutputStream;
import com.alicloud.openservices.tablestore.core.protocol.PlainBufferRow;
import com.alicloud.openservices.tablestore.model.Column;
import com.alicloud.openservices.tablestore.model.PrimaryKey;
import com.alicloud.openservices.tablestore.model.PrimaryKeyColumn;
import com.aliyun.ots.thirdparty.com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** PlainBuffer, the row format inside the protobuf messages: a header, then tagged cells with a checksum per cell and per row. */
final class PlainRows {
  private static final int HEADER_BYTES = 4;

  private PlainRows() {}

  /** Reads the one row of a request; checksums are verified. */
  static PlainBufferRow decode(ByteString bytes) {
    List<PlainBufferRow> rows;
    try {
      rows = new PlainBufferCodedInputStream(
              new PlainBufferInputStream(bytes.asReadOnlyByteBuffer()))
          .readRowsWithHeader();
    } catch (IOException damaged) {
      throw Refusal.invalid("The PlainBuffer data is damaged: " + damaged.getMessage());
    }
    if (rows.size() != 1) {
      throw Refusal.invalid("Expected one row in PlainBuffer data, found " + rows.size() + ".");
    }
    return rows.get(0);
  }

  static PrimaryKey key(ByteString bytes) {
    return key(decode(bytes));
  }

  static PrimaryKey key(PlainBufferRow row) {
    try {
      return PlainBufferConversion.toPrimaryKey(row.getPrimaryKey());
    } catch (IOException damaged) {
      throw Refusal.wrongKey("The primary key cannot be read: " + damaged.getMessage());
    }
  }

  static ByteString encodeKey(PrimaryKey key) {
    try {
      return ByteString.copyFrom(PlainBufferBuilder.buildPrimaryKeyWithHeader(key));
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
  }

  /** Rows behind one header; no rows are no bytes. */
  static ByteString encode(List<StoredRow> rows) {
    if (rows.isEmpty()) return ByteString.EMPTY;
    try {
      List<PlainBufferRow> plain = new ArrayList<>();
      int size = HEADER_BYTES;
      for (StoredRow row : rows) {
        PlainBufferRow next = plain(row);
        size += PlainBufferBuilder.computePlainBufferRow(next);
        plain.add(next);
      }
      PlainBufferOutputStream bytes = new PlainBufferOutputStream(size);
      PlainBufferCodedOutputStream out = new PlainBufferCodedOutputStream(bytes);
      out.writeHeader();
      for (PlainBufferRow row : plain) {
        out.writeRow(row);
      }
      return ByteString.copyFrom(bytes.getBuffer());
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
  }

  private static PlainBufferRow plain(StoredRow row) throws IOException {
    List<PlainBufferCell> key = new ArrayList<>();
    for (PrimaryKeyColumn column : row.key().getPrimaryKeyColumns()) {
      key.add(PlainBufferConversion.toPlainBufferCell(column));
    }
    List<PlainBufferCell> cells = new ArrayList<>();
    for (Column column : row.columns().values()) {
      cells.add(PlainBufferConversion.toPlainBufferCell(column, false, false, false, (byte) 0));
    }
    return new PlainBufferRow(key, cells, false);
  }
}
