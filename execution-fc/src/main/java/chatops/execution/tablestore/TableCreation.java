package chatops.execution.tablestore;

import chatops.engine.EngineException;
import com.alicloud.openservices.tablestore.SyncClient;
import com.alicloud.openservices.tablestore.TableStoreException;
import com.alicloud.openservices.tablestore.core.ErrorCode;
import com.alicloud.openservices.tablestore.model.CreateTableRequest;
import com.alicloud.openservices.tablestore.model.DescribeTableRequest;
import com.alicloud.openservices.tablestore.model.DescribeTableResponse;
import com.alicloud.openservices.tablestore.model.GetRangeRequest;
import com.alicloud.openservices.tablestore.model.IndexMeta;
import com.alicloud.openservices.tablestore.model.PrimaryKeyBuilder;
import com.alicloud.openservices.tablestore.model.PrimaryKeySchema;
import com.alicloud.openservices.tablestore.model.PrimaryKeyValue;
import com.alicloud.openservices.tablestore.model.RangeRowQueryCriteria;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Makes the tables that are missing and waits until all serve. Safe to run again at any time: what is there is checked, never changed. */
public final class TableCreation {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final SyncClient client;
  private final Attempts attempts;
  private final Consumer<String> progress;

  /** @param progress takes one line per table and step */
  public TableCreation(SyncClient client, Consumer<String> progress) {
    this(
        client,
        progress,
        new Attempts(PATIENCE, duration -> Thread.sleep(duration.toMillis()), new SecureRandom()));
  }

  TableCreation(SyncClient client, Consumer<String> progress, Attempts attempts) {
    this.client = client;
    this.progress = progress;
    this.attempts = attempts;
  }

  /** Returns how many tables were made. */
  public int run() {
    Set<String> present =
        new TreeSet<>(attempts.repeat("listing tables", client::listTable).getTableNames());
    int made = 0;
    for (CreateTableRequest table : StoreTables.all()) {
      String name = table.getTableMeta().getTableName();
      if (present.contains(name)) {
        check(table);
        progress.accept(name + ": is there");
      } else {
        create(table);
        made++;
        progress.accept(name + ": made");
      }
    }
    for (CreateTableRequest table : StoreTables.all()) {
      awaitReady(table);
    }
    progress.accept("all " + StoreTables.all().size() + " tables serve");
    return made;
  }

  private void create(CreateTableRequest table) {
    attempts.repeat("making table " + table.getTableMeta().getTableName(), () -> {
      try {
        return client.createTable(table);
      } catch (TableStoreException refusal) {
        // an earlier attempt whose answer was lost, or somebody else at the same moment
        if (!refusal.getErrorCode().equals(ErrorCode.OBJECT_ALREADY_EXIST)) throw refusal;
        check(table);
        return table;
      }
    });
  }

  private void check(CreateTableRequest wanted) {
    String name = wanted.getTableMeta().getTableName();
    DescribeTableResponse found = attempts.repeat(
        "describing table " + name, () -> client.describeTable(new DescribeTableRequest(name)));
    Map<String, Object> expected =
        shape(wanted.getTableMeta().getPrimaryKeyList(), wanted.getIndexMetaList());
    Map<String, Object> actual =
        shape(found.getTableMeta().getPrimaryKeyList(), found.getIndexMeta());
    if (!expected.equals(actual)) {
      throw new EngineException("table " + name + " is there with another shape: found " + actual
          + ", expected " + expected + "; use an instance without it");
    }
  }

  private static Map<String, Object> shape(List<PrimaryKeySchema> key, List<IndexMeta> indexes) {
    Map<String, Object> shape = new TreeMap<>();
    shape.put(
        "key",
        key.stream().map(column -> column.getName() + " " + column.getType()).toList());
    for (IndexMeta index : indexes) {
      shape.put(
          "index " + index.getIndexName(),
          index.getIndexType() + " " + index.getPrimaryKeyList().subList(0, 2));
    }
    return shape;
  }

  private void awaitReady(CreateTableRequest table) {
    String name = table.getTableMeta().getTableName();
    PrimaryKeyBuilder least = PrimaryKeyBuilder.createPrimaryKeyBuilder();
    PrimaryKeyBuilder most = PrimaryKeyBuilder.createPrimaryKeyBuilder();
    for (PrimaryKeySchema column : table.getTableMeta().getPrimaryKeyList()) {
      least.addPrimaryKeyColumn(column.getName(), PrimaryKeyValue.INF_MIN);
      most.addPrimaryKeyColumn(column.getName(), PrimaryKeyValue.INF_MAX);
    }
    RangeRowQueryCriteria anyRow = Ranges.between(name, least.build(), most.build());
    anyRow.setLimit(1);
    attempts.repeat(
        "waiting for table " + name, () -> client.getRange(new GetRangeRequest(anyRow)));
  }
}
