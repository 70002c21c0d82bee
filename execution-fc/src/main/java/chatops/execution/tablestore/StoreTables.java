package chatops.execution.tablestore;

import com.alicloud.openservices.tablestore.model.CreateTableRequest;
import com.alicloud.openservices.tablestore.model.DefinedColumnType;
import com.alicloud.openservices.tablestore.model.IndexMeta;
import com.alicloud.openservices.tablestore.model.IndexType;
import com.alicloud.openservices.tablestore.model.IndexUpdateMode;
import com.alicloud.openservices.tablestore.model.PrimaryKeyType;
import com.alicloud.openservices.tablestore.model.TableMeta;
import com.alicloud.openservices.tablestore.model.TableOptions;
import java.time.Duration;
import java.util.List;

/**
 * The tables, their keys and their indexes.
 *
 * <p>Both indexes of {@value #EXECUTION} are local, hence synchronous: what a commit wrote is what the next sweep sees. None
 * of the indexed tables has a time to live, because Tablestore counts it per cell and forbids updates beside an index.
 */
final class StoreTables {
  /** One row per execution: (shard, executionId). */
  static final String EXECUTION = "chatops_execution";

  /** Rows that want to be woken: (shard, wakeAt, executionId). A row without wakeAt is not in it. */
  static final String WAKE = "chatops_execution_wake";

  /** All rows by age: (shard, createdAt, executionId), with the columns lists are filtered by. */
  static final String AGE = "chatops_execution_age";

  /** One row per task run or loop item: (executionId, path). */
  static final String TASK = "chatops_task";

  /** One row per megabyte of a blob: (executionId, hash, part). */
  static final String BLOB = "chatops_blob";

  /** One row per line: (executionId, sequence). */
  static final String LOG = "chatops_log";

  /** One row per group of audit records: (executionId, last, hash). Written once, never updated. */
  static final String AUDIT = "chatops_audit";

  /** One row per guarded key: (key digest). Written once, never updated, so here a time to live is right. */
  static final String GUARD = "chatops_guard";

  /** One row per thing that executions share: (key). Few, small, and none of them hot for long. */
  static final String SHARED = "chatops_shared";

  /** How long guard rows are kept; a guard may not ask for more. */
  static final Duration GUARD_LIFE = Duration.ofDays(30);

  private static final int FOR_EVER = -1;
  private static final int ONE_VERSION = 1;

  private StoreTables() {}

  static List<CreateTableRequest> all() {
    return List.of(
        execution(),
        table(keyed(TASK, "path", PrimaryKeyType.STRING), FOR_EVER),
        table(blob(), FOR_EVER),
        table(keyed(LOG, "sequence", PrimaryKeyType.INTEGER), FOR_EVER),
        table(audit(), FOR_EVER),
        table(keyedByName(SHARED), FOR_EVER),
        table(keyedByName(GUARD), Math.toIntExact(GUARD_LIFE.toSeconds())));
  }

  private static CreateTableRequest execution() {
    TableMeta meta = new TableMeta(EXECUTION);
    meta.addPrimaryKeyColumn("shard", PrimaryKeyType.STRING);
    meta.addPrimaryKeyColumn("executionId", PrimaryKeyType.STRING);
    meta.addDefinedColumn("wakeAt", DefinedColumnType.INTEGER);
    meta.addDefinedColumn("createdAt", DefinedColumnType.INTEGER);
    meta.addDefinedColumn("status", DefinedColumnType.STRING);
    meta.addDefinedColumn("template", DefinedColumnType.STRING);
    meta.addDefinedColumn("startedBy", DefinedColumnType.STRING);
    IndexMeta wake = index(WAKE, "wakeAt");
    IndexMeta age = index(AGE, "createdAt");
    age.addDefinedColumn("status");
    age.addDefinedColumn("template");
    age.addDefinedColumn("startedBy");
    return new CreateTableRequest(
        meta, new TableOptions(FOR_EVER, ONE_VERSION), List.of(wake, age));
  }

  private static IndexMeta index(String name, String column) {
    IndexMeta index = new IndexMeta(name);
    index.addPrimaryKeyColumn("shard");
    index.addPrimaryKeyColumn(column);
    index.setIndexType(IndexType.IT_LOCAL_INDEX);
    index.setIndexUpdateMode(IndexUpdateMode.IUM_SYNC_INDEX);
    return index;
  }

  private static TableMeta keyed(String name, String second, PrimaryKeyType type) {
    TableMeta meta = new TableMeta(name);
    meta.addPrimaryKeyColumn("executionId", PrimaryKeyType.STRING);
    meta.addPrimaryKeyColumn(second, type);
    return meta;
  }

  private static TableMeta blob() {
    TableMeta meta = keyed(BLOB, "hash", PrimaryKeyType.STRING);
    meta.addPrimaryKeyColumn("part", PrimaryKeyType.INTEGER);
    return meta;
  }

  private static TableMeta audit() {
    TableMeta meta = keyed(AUDIT, "last", PrimaryKeyType.INTEGER);
    meta.addPrimaryKeyColumn("hash", PrimaryKeyType.STRING);
    return meta;
  }

  private static TableMeta keyedByName(String name) {
    TableMeta meta = new TableMeta(name);
    meta.addPrimaryKeyColumn("key", PrimaryKeyType.STRING);
    return meta;
  }

  private static CreateTableRequest table(TableMeta meta, int timeToLiveSeconds) {
    return new CreateTableRequest(meta, new TableOptions(timeToLiveSeconds, ONE_VERSION));
  }
}
