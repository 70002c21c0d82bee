package chatops.cloudsim.tablestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.cloudsim.cloud.Fault;
import com.alicloud.openservices.tablestore.ClientException;
import com.alicloud.openservices.tablestore.TableStoreException;
import com.alicloud.openservices.tablestore.model.*;
import com.alicloud.openservices.tablestore.model.condition.CompositeColumnValueCondition;
import com.alicloud.openservices.tablestore.model.condition.SingleColumnValueCondition;
import com.alicloud.openservices.tablestore.model.filter.SingleColumnValueFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The simulated Tablestore as the official client sees it, over HTTP. */
class TablestoreTest {
  private final SimulatedTablestore cloud = new SimulatedTablestore(Limits.shortRanges(40));

  @BeforeEach
  void make_a_table_with_a_local_index() {
    cloud.client.createTable(request("ticket"));
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private static CreateTableRequest request(String name) {
    TableMeta meta = new TableMeta(name);
    meta.addPrimaryKeyColumn("shard", PrimaryKeyType.STRING);
    meta.addPrimaryKeyColumn("id", PrimaryKeyType.INTEGER);
    meta.addDefinedColumn("due", DefinedColumnType.INTEGER);
    meta.addDefinedColumn("owner", DefinedColumnType.STRING);
    IndexMeta index = new IndexMeta(name + "_due");
    index.addPrimaryKeyColumn("shard");
    index.addPrimaryKeyColumn("due");
    index.addDefinedColumn("owner");
    index.setIndexType(IndexType.IT_LOCAL_INDEX);
    index.setIndexUpdateMode(IndexUpdateMode.IUM_SYNC_INDEX);
    return new CreateTableRequest(meta, new TableOptions(-1, 1), List.of(index));
  }

  private static PrimaryKey key(String shard, long id) {
    return PrimaryKeyBuilder.createPrimaryKeyBuilder()
        .addPrimaryKeyColumn("shard", PrimaryKeyValue.fromString(shard))
        .addPrimaryKeyColumn("id", PrimaryKeyValue.fromLong(id))
        .build();
  }

  private static RowPutChange put(long id, @Nullable Long due, String owner) {
    RowPutChange change = new RowPutChange("ticket", key("s", id));
    if (due != null) change.addColumn("due", ColumnValue.fromLong(due));
    change.addColumn("owner", ColumnValue.fromString(owner));
    change.addColumn("version", ColumnValue.fromLong(1));
    return change;
  }

  private void put(RowPutChange change, RowExistenceExpectation expectation) {
    change.setCondition(new Condition(expectation));
    cloud.client.putRow(new PutRowRequest(change));
  }

  private @Nullable Row get(long id) {
    SingleRowQueryCriteria criteria = new SingleRowQueryCriteria("ticket", key("s", id));
    criteria.setMaxVersions(1);
    return cloud.client.getRow(new GetRowRequest(criteria)).getRow();
  }

  private Row existing(long id) {
    return Objects.requireNonNull(get(id));
  }

  private String owner(long id) {
    return existing(id).getLatestColumn("owner").getValue().asString();
  }

  private static SingleColumnValueCondition versionIs(long version) {
    SingleColumnValueCondition condition = new SingleColumnValueCondition(
        "version", SingleColumnValueCondition.CompareOperator.EQUAL, ColumnValue.fromLong(version));
    condition.setPassIfMissing(false);
    condition.setLatestVersionsOnly(true);
    return condition;
  }

  private static void assertCode(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String code, int status) {
    assertThatThrownBy(call).isInstanceOfSatisfying(TableStoreException.class, refusal -> {
      assertThat(refusal.getErrorCode()).isEqualTo(code);
      assertThat(refusal.getHttpStatus()).isEqualTo(status);
      assertThat(refusal.getRequestId()).isNotEmpty();
    });
  }

  @Test
  void tables_are_listed_described_and_dropped() {
    cloud.client.createTable(request("other"));

    assertThat(cloud.client.listTable().getTableNames()).containsExactly("other", "ticket");
    DescribeTableResponse described =
        cloud.client.describeTable(new DescribeTableRequest("ticket"));
    assertThat(described.getTableMeta().getPrimaryKeyMap()).containsOnlyKeys("shard", "id");
    assertThat(described.getIndexMeta())
        .extracting(IndexMeta::getIndexName)
        .containsExactly("ticket_due");
    assertThat(described.getTableOptions().getMaxVersions()).isEqualTo(1);

    cloud.client.deleteTable(new DeleteTableRequest("other"));
    assertThat(cloud.client.listTable().getTableNames()).containsExactly("ticket");
    assertCode(
        () -> cloud.client.deleteTable(new DeleteTableRequest("other")), "OTSObjectNotExist", 404);
    assertCode(() -> cloud.client.createTable(request("ticket")), "OTSObjectAlreadyExist", 409);
  }

  @Test
  void a_row_is_put_read_and_deleted_under_conditions() {
    put(put(1, 5L, "ann"), RowExistenceExpectation.EXPECT_NOT_EXIST);
    assertCode(
        () -> put(put(1, 6L, "bob"), RowExistenceExpectation.EXPECT_NOT_EXIST),
        "OTSConditionCheckFail",
        403);

    assertThat(owner(1)).isEqualTo("ann");
    assertThat(get(2)).isNull();

    RowDeleteChange delete = new RowDeleteChange("ticket", key("s", 1));
    delete.setCondition(new Condition(RowExistenceExpectation.EXPECT_EXIST));
    cloud.client.deleteRow(new DeleteRowRequest(delete));
    assertThat(get(1)).isNull();
    assertCode(
        () -> cloud.client.deleteRow(new DeleteRowRequest(delete)), "OTSConditionCheckFail", 403);
  }

  @Test
  void a_version_check_and_its_increment_travel_in_one_update() {
    put(put(1, 5L, "ann"), RowExistenceExpectation.EXPECT_NOT_EXIST);
    RowUpdateChange update = new RowUpdateChange("ticket", key("s", 1));
    Condition condition = new Condition(RowExistenceExpectation.EXPECT_EXIST);
    condition.setColumnCondition(versionIs(1));
    update.setCondition(condition);
    update.increment(new Column("version", ColumnValue.fromLong(1)));
    update.deleteColumns("due");
    update.addReturnColumn("version");
    update.setReturnType(ReturnType.RT_AFTER_MODIFY);

    Row after = cloud.client.updateRow(new UpdateRowRequest(update)).getRow();
    assertThat(after.getLatestColumn("version").getValue().asLong()).isEqualTo(2);
    assertThat(existing(1).contains("due")).isFalse();
    assertThat(owner(1)).isEqualTo("ann");
    assertCode(
        () -> cloud.client.updateRow(new UpdateRowRequest(update)), "OTSConditionCheckFail", 403);
  }

  @Test
  void a_comparison_with_a_missing_column_passes_unless_told_otherwise() {
    put(put(1, null, "ann"), RowExistenceExpectation.EXPECT_NOT_EXIST);
    SingleColumnValueCondition dueIsFive = new SingleColumnValueCondition(
        "due", SingleColumnValueCondition.CompareOperator.EQUAL, ColumnValue.fromLong(5));
    RowPutChange change = put(1, 7L, "bob");
    Condition condition = new Condition(RowExistenceExpectation.IGNORE);
    condition.setColumnCondition(dueIsFive);
    change.setCondition(condition);

    dueIsFive.setPassIfMissing(false);
    assertCode(() -> cloud.client.putRow(new PutRowRequest(change)), "OTSConditionCheckFail", 403);
    dueIsFive.setPassIfMissing(true);
    cloud.client.putRow(new PutRowRequest(change));
    assertThat(owner(1)).isEqualTo("bob");
  }

  @Test
  void conditions_join_by_and_or_not() {
    put(put(1, 5L, "ann"), RowExistenceExpectation.EXPECT_NOT_EXIST);
    CompositeColumnValueCondition not =
        new CompositeColumnValueCondition(CompositeColumnValueCondition.LogicOperator.NOT);
    not.addCondition(versionIs(9));
    CompositeColumnValueCondition or =
        new CompositeColumnValueCondition(CompositeColumnValueCondition.LogicOperator.OR);
    or.addCondition(versionIs(8)).addCondition(not);
    CompositeColumnValueCondition and =
        new CompositeColumnValueCondition(CompositeColumnValueCondition.LogicOperator.AND);
    and.addCondition(or).addCondition(versionIs(1));
    RowPutChange change = put(1, 7L, "bob");
    Condition condition = new Condition(RowExistenceExpectation.EXPECT_EXIST);
    condition.setColumnCondition(and);
    change.setCondition(condition);

    cloud.client.putRow(new PutRowRequest(change));
    assertThat(owner(1)).isEqualTo("bob");
  }

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
      put(put(id, 1000L - id, id % 2 == 0 ? "ann" : "bob"), RowExistenceExpectation.IGNORE);
    }
    PrimaryKey least = bounds("s", "id", PrimaryKeyValue.INF_MIN, null);
    PrimaryKey most = bounds("s", "id", PrimaryKeyValue.INF_MAX, null);

    assertThat(range("ticket", Direction.FORWARD, least, most, 0, false))
        .hasSize(100)
        .isSorted();
    assertThat(range("ticket", Direction.BACKWARD, most, least, 7, false))
        .hasSize(100)
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
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
    put(put(1, 50L, "ann"), RowExistenceExpectation.IGNORE);
    put(put(2, 40L, "ann"), RowExistenceExpectation.IGNORE);
    put(put(3, null, "ann"), RowExistenceExpectation.IGNORE);
    put(put(4, 90L, "ann"), RowExistenceExpectation.IGNORE);
    PrimaryKey from = bounds("s", "due", PrimaryKeyValue.INF_MIN, PrimaryKeyValue.INF_MIN);
    PrimaryKey to = bounds("s", "due", PrimaryKeyValue.fromLong(60), PrimaryKeyValue.INF_MIN);

    assertThat(range("ticket_due", Direction.FORWARD, from, to, 0, true)).containsExactly(2L, 1L);
    put(put(2, 70L, "ann"), RowExistenceExpectation.IGNORE);
    put(put(1, null, "ann"), RowExistenceExpectation.IGNORE);
    put(put(4, 10L, "bob"), RowExistenceExpectation.IGNORE);
    assertThat(range("ticket_due", Direction.FORWARD, from, to, 0, false)).containsExactly(4L);
    assertThat(range("ticket_due", Direction.FORWARD, from, to, 0, true)).isEmpty();
  }

  @Test
  void a_batch_writes_what_it_can_and_tells_of_each_row() {
    put(put(1, 1L, "ann"), RowExistenceExpectation.IGNORE);
    cloud.faults.next(
        1,
        Tablestore.SERVICE,
        "BatchWriteRow.row",
        new Fault.Refuse(503, "OTSPartitionUnavailable", "The partition is not available."));
    BatchWriteRowRequest batch = new BatchWriteRowRequest();
    for (long id = 1; id <= 3; id++) {
      RowPutChange change = put(id, 2L, "bob");
      change.setCondition(new Condition(
          id == 2 ? RowExistenceExpectation.EXPECT_EXIST : RowExistenceExpectation.IGNORE));
      batch.addRowChange(change);
    }

    BatchWriteRowResponse response = cloud.client.batchWriteRow(batch);
    assertThat(response.isAllSucceed()).isFalse();
    assertThat(response.getFailedRows())
        .extracting(failed -> failed.getError().getCode())
        .containsExactly("OTSPartitionUnavailable", "OTSConditionCheckFail");
    assertThat(owner(1)).isEqualTo("ann");
    assertThat(get(2)).isNull();
    assertThat(owner(3)).isEqualTo("bob");
  }

  @Test
  void a_batch_reads_rows_and_misses() {
    put(put(1, 1L, "ann"), RowExistenceExpectation.IGNORE);
    MultiRowQueryCriteria criteria = new MultiRowQueryCriteria("ticket");
    criteria.addRow(key("s", 1)).addRow(key("s", 2));
    criteria.setMaxVersions(1);
    criteria.addColumnsToGet("owner");
    BatchGetRowRequest batch = new BatchGetRowRequest();
    batch.addMultiRowQueryCriteria(criteria);

    List<BatchGetRowResponse.RowResult> results =
        cloud.client.batchGetRow(batch).getBatchGetRowResult("ticket");
    assertThat(results).hasSize(2);
    assertThat(results.get(0).getRow().getColumns()).hasSize(1);
    assertThat(results.get(1).getRow()).isNull();
  }

  @Test
  void limits_are_enforced() {
    RowPutChange longValue = put(1, 1L, "x".repeat(2 * 1024 * 1024 + 1));
    assertCode(() -> put(longValue, RowExistenceExpectation.IGNORE), "OTSParameterInvalid", 400);

    RowPutChange longKey = new RowPutChange("ticket", key("s".repeat(1025), 1));
    longKey.addColumn("owner", ColumnValue.fromString("x"));
    assertCode(() -> put(longKey, RowExistenceExpectation.IGNORE), "OTSParameterInvalid", 400);

    RowPutChange wide = put(1, 1L, "x");
    for (int i = 0; i < 1024; i++) wide.addColumn("c" + i, ColumnValue.fromLong(i));
    assertCode(() -> put(wide, RowExistenceExpectation.IGNORE), "OTSOutOfColumnCountLimit", 400);

    BatchWriteRowRequest many = new BatchWriteRowRequest();
    for (int id = 0; id < 201; id++) many.addRowChange(put(id, 1L, "x"));
    assertCode(() -> cloud.client.batchWriteRow(many), "OTSParameterInvalid", 400);

    BatchWriteRowRequest heavy = new BatchWriteRowRequest();
    for (int id = 0; id < 5; id++) heavy.addRowChange(put(id, 1L, "x".repeat(900_000)));
    assertCode(() -> cloud.client.batchWriteRow(heavy), "OTSParameterInvalid", 400);

    RowPutChange otherType = new RowPutChange("ticket", key("s", 1));
    otherType.addColumn("due", ColumnValue.fromString("soon"));
    assertCode(() -> put(otherType, RowExistenceExpectation.IGNORE), "OTSParameterInvalid", 400);
  }

  @Test
  void a_lost_reply_took_effect() {
    cloud.faults.next(1, Tablestore.SERVICE, "PutRow", new Fault.LostReply());

    assertThatThrownBy(() -> put(put(1, 1L, "ann"), RowExistenceExpectation.IGNORE))
        .isInstanceOf(ClientException.class);
    assertThat(get(1)).isNotNull();
  }

  @Test
  void a_batch_cut_off_in_the_middle_keeps_its_first_rows() {
    cloud.faults.next(1, Tablestore.SERVICE, "BatchWriteRow.row", new Fault.LostReply());
    BatchWriteRowRequest batch = new BatchWriteRowRequest();
    for (long id = 1; id <= 3; id++) batch.addRowChange(put(id, 2L, "bob"));

    assertThatThrownBy(() -> cloud.client.batchWriteRow(batch)).isInstanceOf(ClientException.class);
    assertThat(get(1)).isNotNull();
    assertThat(get(2)).isNull();
  }

  @Test
  void a_busy_service_and_a_gateway_in_front_answer_before_anything_took_effect() {
    cloud.faults.next(
        1, Tablestore.SERVICE, "PutRow", new Fault.Refuse(503, "OTSServerBusy", "Server is busy."));
    cloud.faults.next(1, Tablestore.SERVICE, "PutRow", new Fault.Unavailable());

    assertCode(() -> put(put(1, 1L, "ann"), RowExistenceExpectation.IGNORE), "OTSServerBusy", 503);
    assertThatThrownBy(() -> put(put(1, 1L, "ann"), RowExistenceExpectation.IGNORE))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("503");
    assertThat(get(1)).isNull();
  }

  @Test
  void a_new_table_needs_time() {
    cloud.tablestore.tablesReadyAfter(SimulatedTablestore.INSTANCE, Duration.ofSeconds(5));
    cloud.client.createTable(request("slow"));
    SingleRowQueryCriteria criteria = new SingleRowQueryCriteria("slow", key("s", 1));
    criteria.setMaxVersions(1);

    assertCode(() -> cloud.client.getRow(new GetRowRequest(criteria)), "OTSTableNotReady", 404);
    cloud.clock.advance(Duration.ofSeconds(5));
    assertThat(cloud.client.getRow(new GetRowRequest(criteria)).getRow()).isNull();
  }

  @Test
  void cells_die_of_age_one_by_one() {
    TableMeta meta = new TableMeta("guest");
    meta.addPrimaryKeyColumn("shard", PrimaryKeyType.STRING);
    meta.addPrimaryKeyColumn("id", PrimaryKeyType.INTEGER);
    cloud.client.createTable(new CreateTableRequest(meta, new TableOptions(86_400, 1)));
    RowUpdateChange first = new RowUpdateChange("guest", key("s", 1));
    first.put("a", ColumnValue.fromLong(1));
    cloud.client.updateRow(new UpdateRowRequest(first));
    cloud.clock.advance(Duration.ofHours(23));
    RowUpdateChange second = new RowUpdateChange("guest", key("s", 1));
    second.put("b", ColumnValue.fromLong(1));
    cloud.client.updateRow(new UpdateRowRequest(second));

    cloud.clock.advance(Duration.ofHours(2));
    SingleRowQueryCriteria criteria = new SingleRowQueryCriteria("guest", key("s", 1));
    criteria.setMaxVersions(1);
    Row half = cloud.client.getRow(new GetRowRequest(criteria)).getRow();
    assertThat(half.contains("a")).isFalse();
    assertThat(half.contains("b")).isTrue();
    cloud.clock.advance(Duration.ofHours(24));
    assertThat(cloud.client.getRow(new GetRowRequest(criteria)).getRow()).isNull();
  }
}
