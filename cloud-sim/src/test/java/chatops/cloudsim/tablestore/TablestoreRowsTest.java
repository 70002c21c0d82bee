package chatops.cloudsim.tablestore;

import static org.assertj.core.api.Assertions.assertThat;

import com.alicloud.openservices.tablestore.model.Column;
import com.alicloud.openservices.tablestore.model.ColumnValue;
import com.alicloud.openservices.tablestore.model.Condition;
import com.alicloud.openservices.tablestore.model.CreateTableRequest;
import com.alicloud.openservices.tablestore.model.DeleteRowRequest;
import com.alicloud.openservices.tablestore.model.DeleteTableRequest;
import com.alicloud.openservices.tablestore.model.DescribeTableRequest;
import com.alicloud.openservices.tablestore.model.DescribeTableResponse;
import com.alicloud.openservices.tablestore.model.GetRowRequest;
import com.alicloud.openservices.tablestore.model.IndexMeta;
import com.alicloud.openservices.tablestore.model.PrimaryKeyType;
import com.alicloud.openservices.tablestore.model.PutRowRequest;
import com.alicloud.openservices.tablestore.model.ReturnType;
import com.alicloud.openservices.tablestore.model.Row;
import com.alicloud.openservices.tablestore.model.RowDeleteChange;
import com.alicloud.openservices.tablestore.model.RowExistenceExpectation;
import com.alicloud.openservices.tablestore.model.RowPutChange;
import com.alicloud.openservices.tablestore.model.RowUpdateChange;
import com.alicloud.openservices.tablestore.model.SingleRowQueryCriteria;
import com.alicloud.openservices.tablestore.model.TableMeta;
import com.alicloud.openservices.tablestore.model.TableOptions;
import com.alicloud.openservices.tablestore.model.UpdateRowRequest;
import com.alicloud.openservices.tablestore.model.condition.CompositeColumnValueCondition;
import com.alicloud.openservices.tablestore.model.condition.SingleColumnValueCondition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TablestoreRowsTest extends TicketTable {
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
