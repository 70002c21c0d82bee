package chatops.execution.tablestore;

import chatops.engine.store.StoreException;
import com.alicloud.openservices.tablestore.AsyncClientInterface;
import com.alicloud.openservices.tablestore.ClientException;
import com.alicloud.openservices.tablestore.SyncClient;
import com.alicloud.openservices.tablestore.TableStoreException;
import com.alicloud.openservices.tablestore.model.GetRangeRequest;
import com.alicloud.openservices.tablestore.model.GetRangeResponse;
import com.alicloud.openservices.tablestore.model.PrimaryKey;
import com.alicloud.openservices.tablestore.model.RangeRowQueryCriteria;
import com.alicloud.openservices.tablestore.model.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Range reads that follow the next start key to the end or to a limit. Thread-safe. */
final class Ranges {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final SyncClient client;
  private final AsyncClientInterface sideBySide;
  private final Attempts attempts;

  Ranges(SyncClient client, Attempts attempts) {
    this.client = client;
    this.sideBySide = client.asAsyncClient();
    this.attempts = attempts;
  }

  /** A range of latest versions from {@code from}, included, to {@code to}, excluded. */
  static RangeRowQueryCriteria between(String source, PrimaryKey from, PrimaryKey to) {
    RangeRowQueryCriteria criteria = new RangeRowQueryCriteria(source);
    criteria.setInclusiveStartPrimaryKey(from);
    criteria.setExclusiveEndPrimaryKey(to);
    criteria.setMaxVersions(1);
    return criteria;
  }

  List<Row> read(String what, RangeRowQueryCriteria criteria, int limit) {
    List<Row> rows = new ArrayList<>();
    boolean more = limit > 0;
    while (more) {
      criteria.setLimit(limit - rows.size());
      GetRangeResponse page =
          attempts.repeat(what, () -> client.getRange(new GetRangeRequest(criteria)));
      more = take(page, criteria, rows, limit);
    }
    return rows;
  }

  /** The same range of every shard, all shards at once, at most {@code limit} rows of each. */
  List<Row> readShards(String what, Function<String, RangeRowQueryCriteria> ofShard, int limit) {
    if (limit <= 0) return List.of();
    List<RangeRowQueryCriteria> ranges = new ArrayList<>();
    List<Future<GetRangeResponse>> firstPages = new ArrayList<>();
    for (int shard = 0; shard < Cells.SHARDS; shard++) {
      RangeRowQueryCriteria criteria = ofShard.apply(Cells.shard(shard));
      criteria.setLimit(limit);
      ranges.add(criteria);
      firstPages.add(sideBySide.getRange(new GetRangeRequest(criteria), null));
    }
    List<Row> all = new ArrayList<>();
    for (int shard = 0; shard < Cells.SHARDS; shard++) {
      RangeRowQueryCriteria criteria = ranges.get(shard);
      List<Row> rows = new ArrayList<>();
      boolean more = take(first(what, firstPages.get(shard), criteria), criteria, rows, limit);
      all.addAll(rows);
      if (more) all.addAll(read(what, criteria, limit - rows.size()));
    }
    return all;
  }

  private GetRangeResponse first(
      String what, Future<GetRangeResponse> page, RangeRowQueryCriteria criteria) {
    try {
      return Attempts.answered(page.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          "Tablestore, " + what + ": interrupted; the next wake-up tries again", stopped);
    } catch (TableStoreException | ClientException | ExecutionException | TimeoutException failed) {
      return attempts.repeat(what, () -> client.getRange(new GetRangeRequest(criteria)));
    }
  }

  /** Takes a page in; whether more is to be read. A page without rows may still have a next key. */
  private static boolean take(
      GetRangeResponse page, RangeRowQueryCriteria criteria, List<Row> rows, int limit) {
    rows.addAll(page.getRows());
    PrimaryKey next = page.getNextStartPrimaryKey();
    if (next != null) criteria.setInclusiveStartPrimaryKey(next);
    return next != null && rows.size() < limit;
  }
}
