package chatops.cloudsim.tablestore;

import com.alicloud.openservices.tablestore.core.protocol.OtsInternalApi;
import com.aliyun.ots.thirdparty.com.google.protobuf.InvalidProtocolBufferException;
import com.aliyun.ots.thirdparty.com.google.protobuf.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.TreeMap;

/** The tables of one instance and the calls that make, list, describe and drop them. Thread-safe. */
final class Tables {
  private final InstantSource clock;
  private final TreeMap<String, Table> byName = new TreeMap<>();
  private Duration readyAfter = Duration.ZERO;

  Tables(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void readyAfter(Duration delay) {
    this.readyAfter = delay;
  }

  /** The table of this name, or the one an index of this name belongs to. */
  synchronized Table serving(String name) {
    Table table = byName.get(name);
    for (Table candidate : byName.values()) {
      boolean owns = candidate.schema().indexes().stream()
          .anyMatch(index -> index.getName().equals(name));
      if (table == null && owns) table = candidate;
    }
    if (table == null) throw Refusal.noTable(name);
    table.mustBeReady(clock.instant());
    return table;
  }

  /** The table of this name for a write: indexes are written by their table only. */
  synchronized Table writable(String name) {
    if (!byName.containsKey(name)) throw Refusal.noTable(name);
    return serving(name);
  }

  synchronized Message create(byte[] body) throws InvalidProtocolBufferException {
    OtsInternalApi.CreateTableRequest request = OtsInternalApi.CreateTableRequest.parseFrom(body);
    TableSchema schema = new TableSchema(
        request.getTableMeta(), request.getTableOptions(), request.getIndexMetasList());
    boolean nameTaken = byName.containsKey(schema.name());
    for (Table other : byName.values()) {
      for (OtsInternalApi.IndexMeta index : other.schema().indexes()) {
        nameTaken |= index.getName().equals(schema.name())
            || schema.indexes().stream().anyMatch(own -> own.getName().equals(index.getName()));
      }
    }
    if (nameTaken) {
      throw new Refusal(409, "OTSObjectAlreadyExist", "Requested table already exists.");
    }
    if (byName.size() == Limits.TABLES) {
      throw new Refusal(
          403, "OTSQuotaExhausted", "Number of tables exceeds the quota of " + Limits.TABLES + ".");
    }
    Instant now = clock.instant();
    byName.put(schema.name(), new Table(schema, now, now.plus(readyAfter)));
    return OtsInternalApi.CreateTableResponse.getDefaultInstance();
  }

  synchronized Message list() {
    return OtsInternalApi.ListTableResponse.newBuilder()
        .addAllTableNames(byName.keySet())
        .build();
  }

  synchronized Message describe(byte[] body) throws InvalidProtocolBufferException {
    Table table = named(OtsInternalApi.DescribeTableRequest.parseFrom(body).getTableName());
    OtsInternalApi.ReservedThroughputDetails throughput =
        OtsInternalApi.ReservedThroughputDetails.newBuilder()
            .setCapacityUnit(OtsInternalApi.CapacityUnit.newBuilder().setRead(0).setWrite(0))
            .setLastIncreaseTime(table.createdAt().getEpochSecond())
            .build();
    return OtsInternalApi.DescribeTableResponse.newBuilder()
        .setTableMeta(table.schema().meta())
        .setReservedThroughputDetails(throughput)
        .setTableOptions(table.schema().options())
        .addAllIndexMetas(table.schema().indexes())
        .setCreationTime(table.createdAt().toEpochMilli() * 1000)
        .build();
  }

  synchronized Message delete(byte[] body) throws InvalidProtocolBufferException {
    String name = OtsInternalApi.DeleteTableRequest.parseFrom(body).getTableName();
    named(name);
    byName.remove(name);
    return OtsInternalApi.DeleteTableResponse.getDefaultInstance();
  }

  synchronized int size(String table) {
    return named(table).size();
  }

  private Table named(String name) {
    Table table = byName.get(name);
    if (table == null) throw Refusal.noTable(name);
    return table;
  }
}
