package chatops.cloudsim.tablestore;

import com.alicloud.openservices.tablestore.core.protocol.OTSProtocolParser;
import com.alicloud.openservices.tablestore.core.protocol.OtsInternalApi;
import com.alicloud.openservices.tablestore.model.DefinedColumnSchema;
import com.alicloud.openservices.tablestore.model.PrimaryKeySchema;
import com.alicloud.openservices.tablestore.model.TableMeta;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What CreateTable declared, checked against the service's rules. Immutable. */
record TableSchema(
    OtsInternalApi.TableMeta meta,
    OtsInternalApi.TableOptions options,
    List<OtsInternalApi.IndexMeta> indexes) {
  private static final String NAME = "[A-Za-z_][A-Za-z0-9_]{0,254}";

  TableSchema {
    indexes = List.copyOf(indexes);
    check(meta, options, indexes);
  }

  String name() {
    return meta.getTableName();
  }

  List<PrimaryKeySchema> keyColumns() {
    return parsed().getPrimaryKeyList();
  }

  List<DefinedColumnSchema> definedColumns() {
    return parsed().getDefinedColumnsList();
  }

  /** Seconds a cell lives, −1 for ever. */
  int timeToLive() {
    return options.hasTimeToLive() ? options.getTimeToLive() : -1;
  }

  boolean allowsUpdate() {
    return !options.hasAllowUpdate() || options.getAllowUpdate();
  }

  private TableMeta parsed() {
    return OTSProtocolParser.parseTableMeta(meta);
  }

  private static void check(
      OtsInternalApi.TableMeta meta,
      OtsInternalApi.TableOptions options,
      List<OtsInternalApi.IndexMeta> indexes) {
    named("table", meta.getTableName());
    if (meta.getPrimaryKeyCount() < 1 || meta.getPrimaryKeyCount() > Limits.KEY_COLUMNS) {
      throw Refusal.invalid(
          "The number of primary key columns must be in range: [1, " + Limits.KEY_COLUMNS + "].");
    }
    if (meta.getDefinedColumnCount() > Limits.DEFINED_COLUMNS || indexes.size() > Limits.INDEXES) {
      throw Refusal.invalid("At most " + Limits.DEFINED_COLUMNS + " predefined columns and "
          + Limits.INDEXES + " indexes are allowed.");
    }
    if (options.hasMaxVersions() && options.getMaxVersions() != 1) {
      throw Refusal.unsupported("table with more than one version per column");
    }
    int ttl = options.hasTimeToLive() ? options.getTimeToLive() : -1;
    if (ttl != -1 && ttl < Limits.SHORTEST_TTL_SECONDS) {
      throw Refusal.invalid(
          "TimeToLive must be -1 or at least " + Limits.SHORTEST_TTL_SECONDS + " seconds.");
    }
    if (ttl != -1
        && !indexes.isEmpty()
        && (!options.hasAllowUpdate() || options.getAllowUpdate())) {
      throw Refusal.invalid("A table with indexes and a TimeToLive must not allow updates.");
    }
    Set<String> names = new HashSet<>();
    meta.getPrimaryKeyList().forEach(column -> distinct(names, column.getName()));
    meta.getDefinedColumnList().forEach(column -> distinct(names, column.getName()));
    indexes.forEach(index -> check(meta, index));
  }

  private static void check(OtsInternalApi.TableMeta meta, OtsInternalApi.IndexMeta index) {
    named("index", index.getName());
    if (index.getIndexType() != OtsInternalApi.IndexType.IT_LOCAL_INDEX
        || index.getIndexUpdateMode() != OtsInternalApi.IndexUpdateMode.IUM_SYNC_INDEX) {
      throw Refusal.unsupported("index that is not local and synchronous");
    }
    String partition = meta.getPrimaryKey(0).getName();
    if (index.getPrimaryKeyCount() < 1 || !index.getPrimaryKey(0).equals(partition)) {
      throw Refusal.invalid("The first key column of local index " + index.getName()
          + " must be the table's partition key " + partition + ".");
    }
    Set<String> defined = new HashSet<>();
    meta.getDefinedColumnList().forEach(column -> defined.add(column.getName()));
    Set<String> known = new HashSet<>(defined);
    meta.getPrimaryKeyList().forEach(column -> known.add(column.getName()));
    if (!known.containsAll(index.getPrimaryKeyList())
        || !defined.containsAll(index.getDefinedColumnList())) {
      throw Refusal.invalid("Index " + index.getName() + " names a column that is not predefined.");
    }
  }

  private static void distinct(Set<String> names, String name) {
    named("column", name);
    if (!names.add(name)) {
      throw Refusal.invalid("Duplicated column name: '" + name + "'.");
    }
  }

  private static void named(String what, String name) {
    if (!name.matches(NAME)) {
      throw Refusal.invalid("Invalid " + what + " name: '" + name + "'.");
    }
  }
}
