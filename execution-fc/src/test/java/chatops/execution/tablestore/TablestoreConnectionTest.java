package chatops.execution.tablestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TablestoreConnectionTest {
  @Test
  void the_endpoint_follows_the_region_unless_it_is_replaced() {
    assertThat(TablestoreConnection.endpoint("ops", Map.of("FC_REGION", "cn-beijing")))
        .isEqualTo("https://ops.cn-beijing.ots.aliyuncs.com");
    assertThat(TablestoreConnection.endpoint(
            "ops", Map.of("CHATOPS_ENDPOINTS", "*=http://127.0.0.1:1, ots=http://127.0.0.1:2")))
        .isEqualTo("http://127.0.0.1:2");
    assertThat(TablestoreConnection.endpoint(
            "ops", Map.of("CHATOPS_ENDPOINTS", "*=http://127.0.0.1:1")))
        .isEqualTo("http://127.0.0.1:1");
  }

  @Test
  void what_is_missing_or_malformed_is_named() {
    assertThatThrownBy(() -> TablestoreConnection.endpoint("ops", Map.of()))
        .hasMessageContaining("FC_REGION is not set");
    assertThatThrownBy(() -> TablestoreConnection.open("no dots.please", Map.of(), () -> {
          throw new IllegalStateException("never asked");
        }))
        .hasMessageContaining("'no dots.please'");
  }
}
