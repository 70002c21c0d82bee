package chatops.execution.tablestore;

import static chatops.execution.tablestore.Cells.part;

import chatops.engine.id.ExecutionId;
import chatops.engine.store.Blob;
import chatops.engine.store.StoreException;
import com.alicloud.openservices.tablestore.model.ColumnValue;
import com.alicloud.openservices.tablestore.model.PrimaryKeyValue;
import com.alicloud.openservices.tablestore.model.RangeRowQueryCriteria;
import com.alicloud.openservices.tablestore.model.Row;
import com.alicloud.openservices.tablestore.model.RowPutChange;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Blobs of an execution, in parts of at most 1 MB: a column holds 2 MB and a batch 4. Addressed by content, so a blob is written again without harm. */
final class BlobTable {
  private static final int PART_BYTES = 1024 * 1024;

  private final Ranges ranges;

  BlobTable(Ranges ranges) {
    this.ranges = ranges;
  }

  /** What writes blobs. */
  static List<RowPutChange> changes(ExecutionId id, List<Blob> blobs) {
    List<RowPutChange> rows = new ArrayList<>();
    for (Blob blob : blobs) {
      byte[] text = blob.text().getBytes(StandardCharsets.UTF_8);
      int parts = Math.max(1, (text.length + PART_BYTES - 1) / PART_BYTES);
      for (int part = 0; part < parts; part++) {
        int from = part * PART_BYTES;
        byte[] bytes = Arrays.copyOfRange(text, from, Math.min(from + PART_BYTES, text.length));
        RowPutChange change = new RowPutChange(
            StoreTables.BLOB,
            Cells.key(Cells.execution(id), part("hash", blob.hash()), part("part", part)));
        change.addColumn("parts", ColumnValue.fromLong(parts));
        change.addColumn("bytes", ColumnValue.fromBinary(bytes));
        rows.add(change);
      }
    }
    return rows;
  }

  /** @throws StoreException when only a part of it is stored */
  Optional<Blob> get(ExecutionId id, String hash) {
    RangeRowQueryCriteria range = Ranges.between(
        StoreTables.BLOB,
        Cells.key(Cells.execution(id), part("hash", hash), part("part", PrimaryKeyValue.INF_MIN)),
        Cells.key(Cells.execution(id), part("hash", hash), part("part", PrimaryKeyValue.INF_MAX)));
    List<Row> rows = ranges.read("reading blob " + hash + " of " + id, range, Integer.MAX_VALUE);
    if (rows.isEmpty()) return Optional.empty();
    long parts = Cells.number(rows.get(0), "parts");
    if (rows.size() != parts) {
      String found = rows.size() + " of " + parts + " parts of blob " + hash + " are stored";
      throw new StoreException(
          "Tablestore, reading a blob of " + id + ": " + found, new IllegalStateException(found));
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (Row row : rows) {
      text.writeBytes(Cells.bytes(row, "bytes"));
    }
    return Optional.of(new Blob(hash, text.toString(StandardCharsets.UTF_8)));
  }

  /** All blobs of an execution, for their deletion. */
  static RangeRowQueryCriteria all(ExecutionId id) {
    return Ranges.between(
        StoreTables.BLOB,
        Cells.key(
            Cells.execution(id),
            part("hash", PrimaryKeyValue.INF_MIN),
            part("part", PrimaryKeyValue.INF_MIN)),
        Cells.key(
            Cells.execution(id),
            part("hash", PrimaryKeyValue.INF_MAX),
            part("part", PrimaryKeyValue.INF_MAX)));
  }
}
