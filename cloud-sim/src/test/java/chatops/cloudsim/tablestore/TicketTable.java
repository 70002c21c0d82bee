package chatops.cloudsim.tablestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alicloud.openservices.tablestore.ClientException;
import com.alicloud.openservices.tablestore.TableStoreException;
import com.alicloud.openservices.tablestore.model.ColumnValue;
import com.alicloud.openservices.tablestore.model.Condition;
import com.alicloud.openservices.tablestore.model.CreateTableRequest;
import com.alicloud.openservices.tablestore.model.DefinedColumnType;
import com.alicloud.openservices.tablestore.model.GetRowRequest;
import com.alicloud.openservices.tablestore.model.IndexMeta;
import com.alicloud.openservices.tablestore.model.IndexType;
import com.alicloud.openservices.tablestore.model.IndexUpdateMode;
import com.alicloud.openservices.tablestore.model.PrimaryKey;
import com.alicloud.openservices.tablestore.model.PrimaryKeyBuilder;
import com.alicloud.openservices.tablestore.model.PrimaryKeyType;
import com.alicloud.openservices.tablestore.model.PrimaryKeyValue;
import com.alicloud.openservices.tablestore.model.PutRowRequest;
import com.alicloud.openservices.tablestore.model.Row;
import com.alicloud.openservices.tablestore.model.RowExistenceExpectation;
import com.alicloud.openservices.tablestore.model.RowPutChange;
import com.alicloud.openservices.tablestore.model.SingleRowQueryCriteria;
import com.alicloud.openservices.tablestore.model.TableMeta;
import com.alicloud.openservices.tablestore.model.TableOptions;
import com.alicloud.openservices.tablestore.model.condition.SingleColumnValueCondition;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A table of tickets in a simulated Tablestore, as the official client sees it over HTTP. */
abstract class TicketTable {
  final SimulatedTablestore cloud = new SimulatedTablestore(Limits.shortRanges(40));

  @BeforeEach
  void make_a_table_with_a_local_index() {
    cloud.client.createTable(request("ticket"));
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  static CreateTableRequest request(String name) {
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

  static PrimaryKey key(String shard, long id) {
    return PrimaryKeyBuilder.createPrimaryKeyBuilder()
        .addPrimaryKeyColumn("shard", PrimaryKeyValue.fromString(shard))
        .addPrimaryKeyColumn("id", PrimaryKeyValue.fromLong(id))
        .build();
  }

  static RowPutChange put(long id, @Nullable Long due, String owner) {
    RowPutChange change = new RowPutChange("ticket", key("s", id));
    if (due != null) change.addColumn("due", ColumnValue.fromLong(due));
    change.addColumn("owner", ColumnValue.fromString(owner));
    change.addColumn("version", ColumnValue.fromLong(1));
    return change;
  }

  void put(RowPutChange change, RowExistenceExpectation expectation) {
    change.setCondition(new Condition(expectation));
    cloud.client.putRow(new PutRowRequest(change));
  }

  /**
   * Writes rows a test only wants to be there. Such a write may be sent again: the client's HTTP library now and then reports a kept connection as closed, about
   * once in several hundred thousand calls, and the client here retries nothing by itself.
   */
  void store(RowPutChange change) {
    for (int attempt = 1; ; attempt++) {
      try {
        put(change, RowExistenceExpectation.IGNORE);
        return;
      } catch (ClientException closed) {
        if (attempt == 3) throw closed;
      }
    }
  }

  @Nullable
  Row get(long id) {
    SingleRowQueryCriteria criteria = new SingleRowQueryCriteria("ticket", key("s", id));
    criteria.setMaxVersions(1);
    return cloud.client.getRow(new GetRowRequest(criteria)).getRow();
  }

  Row existing(long id) {
    return Objects.requireNonNull(get(id));
  }

  String owner(long id) {
    return existing(id).getLatestColumn("owner").getValue().asString();
  }

  static SingleColumnValueCondition versionIs(long version) {
    SingleColumnValueCondition condition = new SingleColumnValueCondition(
        "version", SingleColumnValueCondition.CompareOperator.EQUAL, ColumnValue.fromLong(version));
    condition.setPassIfMissing(false);
    condition.setLatestVersionsOnly(true);
    return condition;
  }

  static void assertCode(ThrowingCallable call, String code, int status) {
    assertThatThrownBy(call).isInstanceOfSatisfying(TableStoreException.class, refusal -> {
      assertThat(refusal.getErrorCode()).isEqualTo(code);
      assertThat(refusal.getHttpStatus()).isEqualTo(status);
      assertThat(refusal.getRequestId()).isNotEmpty();
    });
  }
}
