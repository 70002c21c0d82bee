package chatops.cloudsim.tablestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.cloudsim.cloud.Fault;
import com.alicloud.openservices.tablestore.ClientException;
import com.alicloud.openservices.tablestore.model.BatchWriteRowRequest;
import com.alicloud.openservices.tablestore.model.ColumnValue;
import com.alicloud.openservices.tablestore.model.GetRowRequest;
import com.alicloud.openservices.tablestore.model.RowExistenceExpectation;
import com.alicloud.openservices.tablestore.model.RowPutChange;
import com.alicloud.openservices.tablestore.model.SingleRowQueryCriteria;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TablestoreFaultsTest extends TicketTable {
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
}
