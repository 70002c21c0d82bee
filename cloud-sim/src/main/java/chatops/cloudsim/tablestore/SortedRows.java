package chatops.cloudsim.tablestore;

import com.alicloud.openservices.tablestore.model.PrimaryKey;
import com.alicloud.openservices.tablestore.model.PrimaryKeyColumn;
import com.alicloud.openservices.tablestore.model.PrimaryKeySchema;
import com.alicloud.openservices.tablestore.model.PrimaryKeyValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Rows in key order under one key schema: a table's own, or those of an index. Guarded by its table's lock. */
final class SortedRows {
  private final List<PrimaryKeySchema> keyColumns;
  private final NavigableMap<PrimaryKey, StoredRow> rows = new TreeMap<>();

  SortedRows(List<PrimaryKeySchema> keyColumns) {
    this.keyColumns = List.copyOf(keyColumns);
  }

  List<PrimaryKeySchema> keyColumns() {
    return keyColumns;
  }

  NavigableMap<PrimaryKey, StoredRow> rows() {
    return rows;
  }

  /** Refuses a key that does not have exactly the declared columns with values of their types; only bounds of a range may be infinite. */
  PrimaryKey checked(PrimaryKey key, boolean bound) {
    if (key.size() != keyColumns.size()) {
      throw Refusal.wrongKey("The number of primary key columns is " + key.size() + ", expected "
          + keyColumns.size() + ".");
    }
    for (int i = 0; i < keyColumns.size(); i++) {
      check(key.getPrimaryKeyColumn(i), keyColumns.get(i), bound);
    }
    return key;
  }

  private static void check(PrimaryKeyColumn found, PrimaryKeySchema expected, boolean bound) {
    PrimaryKeyValue value = found.getValue();
    boolean infinite = value.isInfMin() || value.isInfMax();
    boolean fits = infinite ? bound : value.getType() == expected.getType();
    if (!found.getName().equals(expected.getName()) || !fits) {
      throw Refusal.wrongKey("Validate PK name or type fail: found " + found.getName()
          + ", expected " + expected.getName() + " of type " + expected.getType() + ".");
    }
    if (!infinite && bytes(value) > Limits.KEY_BYTES) {
      throw Refusal.invalid(
          "The length of primary key column: '" + found.getName() + "' exceeds the MaxLength:"
              + Limits.KEY_BYTES + " with CurrentLength:" + bytes(value) + ".");
    }
  }

  private static int bytes(PrimaryKeyValue value) {
    return switch (value.getType()) {
      case STRING -> value.asString().getBytes(StandardCharsets.UTF_8).length;
      case BINARY -> value.asBinary().length;
      default -> Long.BYTES;
    };
  }
}
