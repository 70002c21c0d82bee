package chatops.execution.tablestore;

import chatops.engine.id.ExecutionId;
import com.alicloud.openservices.tablestore.model.Column;
import com.alicloud.openservices.tablestore.model.ColumnValue;
import com.alicloud.openservices.tablestore.model.PrimaryKey;
import com.alicloud.openservices.tablestore.model.PrimaryKeyColumn;
import com.alicloud.openservices.tablestore.model.PrimaryKeyValue;
import com.alicloud.openservices.tablestore.model.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keys and column values as the SDK wants them. Times are nanoseconds since 1970, which an INTEGER holds until 2262. */
final class Cells {
  /** Enough that no shard is a hot one, few enough that a sweep reads them all. Part of every key: never change it. */
  static final int SHARDS = 16;

  private static final long NANOS = 1_000_000_000L;

  private Cells() {}

  static String shard(int number) {
    return (number < 10 ? "s0" : "s") + number;
  }

  /** The shard of an execution; {@link String#hashCode} is the same on every JVM. */
  static String shard(ExecutionId id) {
    return shard(Math.floorMod(id.value().hashCode(), SHARDS));
  }

  static PrimaryKey key(PrimaryKeyColumn... columns) {
    return new PrimaryKey(columns);
  }

  static PrimaryKeyColumn part(String name, String value) {
    return part(name, PrimaryKeyValue.fromString(value));
  }

  static PrimaryKeyColumn part(String name, long value) {
    return part(name, PrimaryKeyValue.fromLong(value));
  }

  static PrimaryKeyColumn part(String name, PrimaryKeyValue value) {
    return new PrimaryKeyColumn(name, value);
  }

  static PrimaryKeyColumn execution(ExecutionId id) {
    return part("executionId", id.value());
  }

  static String keyText(Row row, String name) {
    return row.getPrimaryKey().getPrimaryKeyColumn(name).getValue().asString();
  }

  static long keyNumber(Row row, String name) {
    return row.getPrimaryKey().getPrimaryKeyColumn(name).getValue().asLong();
  }

  static String text(Row row, String name) {
    return value(row, name).asString();
  }

  static long number(Row row, String name) {
    return value(row, name).asLong();
  }

  static byte[] bytes(Row row, String name) {
    return value(row, name).asBinary();
  }

  static @Nullable Column column(Row row, String name) {
    return row.contains(name) ? row.getLatestColumn(name) : null;
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  static long nanos(Instant instant) {
    return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano());
  }

  private static ColumnValue value(Row row, String name) {
    Column column = column(row, name);
    if (column == null) {
      throw new IllegalStateException("row " + row.getPrimaryKey() + " has no column " + name
          + "; it was not written by this program");
    }
    return column.getValue();
  }
}
