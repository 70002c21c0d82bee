package chatops.cloudsim.tablestore;

import com.alicloud.openservices.tablestore.core.protocol.OtsInternalApi;
import com.alicloud.openservices.tablestore.model.Column;
import com.alicloud.openservices.tablestore.model.ColumnValue;
import com.alicloud.openservices.tablestore.model.DefinedColumnSchema;
import com.alicloud.openservices.tablestore.model.PrimaryKey;
import com.alicloud.openservices.tablestore.model.PrimaryKeyColumn;
import com.alicloud.openservices.tablestore.model.PrimaryKeySchema;
import com.alicloud.openservices.tablestore.model.PrimaryKeyType;
import com.alicloud.openservices.tablestore.model.PrimaryKeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A synchronous local secondary index: its key is the declared columns followed by the table's remaining key columns. A
 * row without one of the declared columns is not in it. Source: "Local secondary index".
 */
final class LocalIndex {
  private final String name;
  private final SortedRows rows;
  private final List<String> attributes;

  LocalIndex(OtsInternalApi.IndexMeta meta, TableSchema schema) {
    this.name = meta.getName();
    this.attributes = List.copyOf(meta.getDefinedColumnList());
    List<PrimaryKeySchema> key = new ArrayList<>();
    for (String column : meta.getPrimaryKeyList()) {
      key.add(column(column, schema));
    }
    for (PrimaryKeySchema column : schema.keyColumns()) {
      if (!meta.getPrimaryKeyList().contains(column.getName())) key.add(column);
    }
    this.rows = new SortedRows(key);
  }

  String name() {
    return name;
  }

  SortedRows rows() {
    return rows;
  }

  /** Follows one change of the table, under the table's lock. */
  void move(@Nullable StoredRow before, @Nullable StoredRow after) {
    PrimaryKey old = before == null ? null : keyOf(before);
    if (old != null) rows.rows().remove(old);
    PrimaryKey now = after == null ? null : keyOf(after);
    if (after == null || now == null) return;
    TreeMap<String, Column> kept = new TreeMap<>(after.columns());
    kept.keySet().retainAll(attributes);
    rows.rows().put(now, new StoredRow(now, kept));
  }

  private @Nullable PrimaryKey keyOf(StoredRow row) {
    List<PrimaryKeyColumn> key = new ArrayList<>();
    for (PrimaryKeySchema part : rows.keyColumns()) {
      PrimaryKeyColumn own = row.key().getPrimaryKeyColumn(part.getName());
      Column attribute = row.column(part.getName());
      if (own != null) {
        key.add(own);
      } else if (attribute != null) {
        key.add(new PrimaryKeyColumn(part.getName(), keyValue(attribute.getValue())));
      } else {
        return null;
      }
    }
    return new PrimaryKey(key);
  }

  private static PrimaryKeyValue keyValue(ColumnValue value) {
    return switch (value.getType()) {
      case INTEGER -> PrimaryKeyValue.fromLong(value.asLong());
      case STRING -> PrimaryKeyValue.fromString(value.asString());
      case BINARY -> PrimaryKeyValue.fromBinary(value.asBinary());
      default ->
        throw Refusal.invalid(
            "A column of type " + value.getType() + " cannot be part of an index key.");
    };
  }

  private static PrimaryKeySchema column(String name, TableSchema schema) {
    for (PrimaryKeySchema own : schema.keyColumns()) {
      if (own.getName().equals(name)) return own;
    }
    for (DefinedColumnSchema defined : schema.definedColumns()) {
      if (defined.getName().equals(name)) {
        return new PrimaryKeySchema(
            name,
            switch (defined.getType()) {
              case INTEGER -> PrimaryKeyType.INTEGER;
              case STRING -> PrimaryKeyType.STRING;
              case BINARY -> PrimaryKeyType.BINARY;
              default ->
                throw Refusal.invalid("Column " + name + " cannot be part of an index key.");
            });
      }
    }
    throw Refusal.invalid("Column " + name + " is not predefined.");
  }
}
