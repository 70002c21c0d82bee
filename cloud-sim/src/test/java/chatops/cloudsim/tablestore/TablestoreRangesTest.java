package chatops.cloudsim.tablestore;

import static org.assertj.core.api.Assertions.assertThat;

import com.alicloud.openservices.tablestore.model.ColumnValue;
import com.alicloud.openservices.tablestore.model.Direction;
import com.alicloud.openservices.tablestore.model.GetRangeRequest;
import com.alicloud.openservices.tablestore.model.GetRangeResponse;
import com.alicloud.openservices.tablestore.model.PrimaryKey;
import com.alicloud.openservices.tablestore.model.PrimaryKeyBuilder;
import com.alicloud.openservices.tablestore.model.PrimaryKeyValue;
import com.alicloud.openservices.tablestore.model.RangeRowQueryCriteria;
import com.alicloud.openservices.tablestore.model.filter.SingleColumnValueFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TablestoreRangesTest extends TicketTable {
  private List<Long> range(
      String table,
      Direction direction,
      PrimaryKey from,
      PrimaryKey to,
      int limit,
      boolean filter) {
    List<Long> ids = new ArrayList<>();
    PrimaryKey next = from;
    while (next != null) {
      RangeRowQueryCriteria criteria = new RangeRowQueryCriteria(table);
      criteria.setDirection(direction);
      criteria.setInclusiveStartPrimaryKey(next);
      criteria.setExclusiveEndPrimaryKey(to);
      criteria.setMaxVersions(1);
      if (limit > 0) criteria.setLimit(limit);
      if (filter) {
        criteria.setFilter(new SingleColumnValueFilter(
            "owner", SingleColumnValueFilter.CompareOperator.EQUAL, ColumnValue.fromString("ann")));
      }
      GetRangeResponse page = cloud.client.getRange(new GetRangeRequest(criteria));
      page.getRows()
          .forEach(row ->
              ids.add(row.getPrimaryKey().getPrimaryKeyColumn("id").getValue().asLong()));
      next = page.getNextStartPrimaryKey();
    }
    return ids;
  }

  private static PrimaryKey bounds(
      String shard, String second, PrimaryKeyValue value, @Nullable PrimaryKeyValue third) {
    PrimaryKeyBuilder key = PrimaryKeyBuilder.createPrimaryKeyBuilder()
        .addPrimaryKeyColumn("shard", PrimaryKeyValue.fromString(shard))
        .addPrimaryKeyColumn(second, value);
    if (third != null) key.addPrimaryKeyColumn("id", third);
    return key.build();
  }

  @Test
  void ranges_go_both_ways_in_pages_and_may_be_filtered() {
    for (int id = 0; id < 100; id++) {
      store(put(id, 1000L - id, id % 2 == 0 ? "ann" : "bob"));
    }
    PrimaryKey least = bounds("s", "id", PrimaryKeyValue.INF_MIN, null);
    PrimaryKey most = bounds("s", "id", PrimaryKeyValue.INF_MAX, null);

    assertThat(range("ticket", Direction.FORWARD, least, most, 0, false))
        .hasSize(100)
        .isSorted();
    assertThat(range("ticket", Direction.BACKWARD, most, least, 7, false))
        .hasSize(100)
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(range("ticket", Direction.FORWARD, least, most, 0, true))
        .hasSize(50)
        .allMatch(id -> id % 2 == 0);
    assertThat(range("ticket", Direction.FORWARD, key("s", 10), key("s", 12), 0, false))
        .containsExactly(10L, 11L);
    assertCode(
        () -> range("ticket", Direction.FORWARD, most, least, 0, false),
        "OTSParameterInvalid",
        400);
  }

  @Test
  void the_local_index_follows_its_rows_at_once() {
    store(put(1, 50L, "ann"));
    store(put(2, 40L, "ann"));
    store(put(3, null, "ann"));
    store(put(4, 90L, "ann"));
    PrimaryKey from = bounds("s", "due", PrimaryKeyValue.INF_MIN, PrimaryKeyValue.INF_MIN);
    PrimaryKey to = bounds("s", "due", PrimaryKeyValue.fromLong(60), PrimaryKeyValue.INF_MIN);

    assertThat(range("ticket_due", Direction.FORWARD, from, to, 0, true)).containsExactly(2L, 1L);
    store(put(2, 70L, "ann"));
    store(put(1, null, "ann"));
    store(put(4, 10L, "bob"));
    assertThat(range("ticket_due", Direction.FORWARD, from, to, 0, false)).containsExactly(4L);
    assertThat(range("ticket_due", Direction.FORWARD, from, to, 0, true)).isEmpty();
  }
}
