package chatops.execution.tablestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.cloudsim.cloud.Fault;
import chatops.cloudsim.tablestore.Limits;
import chatops.cloudsim.tablestore.Tablestore;
import chatops.engine.EngineException;
import com.alicloud.openservices.tablestore.SyncClient;
import com.alicloud.openservices.tablestore.model.CreateTableRequest;
import com.alicloud.openservices.tablestore.model.PrimaryKeyType;
import com.alicloud.openservices.tablestore.model.TableMeta;
import com.alicloud.openservices.tablestore.model.TableOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableCreationTest {
  private final SimulatedInstance instance =
      new SimulatedInstance(Instant.parse("2026-03-01T08:00:00Z"), 9, Limits.REAL);
  private final SyncClient client = instance.client();
  private final List<String> progress = new ArrayList<>();

  @AfterEach
  void stop() {
    client.shutdown();
    instance.close();
  }

  private TableCreation creation() {
    Attempts attempts = new Attempts(
        Duration.ofSeconds(30),
        pause -> instance.clock.advance(Duration.ofSeconds(1)),
        new Random(1));
    return new TableCreation(client, progress::add, attempts);
  }

  @Test
  void tables_are_made_and_waited_for() {
    instance.sim.tablestore().tablesReadyAfter(SimulatedInstance.NAME, Duration.ofSeconds(20));

    assertThat(creation().run()).isEqualTo(7);
    assertThat(client.listTable().getTableNames()).hasSize(7);
    assertThat(progress).contains("chatops_task: made").last().isEqualTo("all 7 tables serve");
    assertThat(creation().run()).isZero();
  }

  @Test
  void a_lost_answer_and_too_many_calls_are_repeated() {
    instance.sim.faults().next(1, Tablestore.SERVICE, "CreateTable", new Fault.LostReply());
    instance
        .sim
        .faults()
        .next(
            2,
            Tablestore.SERVICE,
            "CreateTable",
            new Fault.Refuse(403, "OTSQuotaExhausted", "Too frequent table operations."));

    assertThat(creation().run()).isEqualTo(7);
  }

  @Test
  void a_table_of_another_shape_is_told_and_left_alone() {
    TableMeta other = new TableMeta("chatops_execution");
    other.addPrimaryKeyColumn("id", PrimaryKeyType.STRING);
    client.createTable(new CreateTableRequest(other, new TableOptions(-1, 1)));

    assertThatThrownBy(() -> creation().run())
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("chatops_execution")
        .hasMessageContaining("found {key=[id STRING]}")
        .hasMessageContaining("expected");
  }
}
