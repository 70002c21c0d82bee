package chatops.cloudsim.tablestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.cloudsim.cloud.Fault;
import com.alicloud.openservices.tablestore.ClientException;
import com.alicloud.openservices.tablestore.model.BatchGetRowRequest;
import com.alicloud.openservices.tablestore.model.BatchGetRowResponse;
import com.alicloud.openservices.tablestore.model.BatchWriteRowRequest;
import com.alicloud.openservices.tablestore.model.BatchWriteRowResponse;
import com.alicloud.openservices.tablestore.model.Condition;
import com.alicloud.openservices.tablestore.model.MultiRowQueryCriteria;
import com.alicloud.openservices.tablestore.model.RowExistenceExpectation;
import com.alicloud.openservices.tablestore.model.RowPutChange;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablestoreBatchesTest extends TicketTable {
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
  void a_batch_cut_off_in_the_middle_keeps_its_first_rows() {
    cloud.faults.next(1, Tablestore.SERVICE, "BatchWriteRow.row", new Fault.LostReply());
    BatchWriteRowRequest batch = new BatchWriteRowRequest();
    for (long id = 1; id <= 3; id++) batch.addRowChange(put(id, 2L, "bob"));

    assertThatThrownBy(() -> cloud.client.batchWriteRow(batch)).isInstanceOf(ClientException.class);
    assertThat(get(1)).isNotNull();
    assertThat(get(2)).isNull();
  }
}
