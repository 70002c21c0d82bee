package chatops.execution;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Execution, too, does not start with a setting that is missing or wrong, and says which without showing it. */
class SettingsOfExecutionTest {
  @RegisterExtension
  final Account account = Account.deployed();

  @ParameterizedTest
  @CsvSource({
    "CHATOPS_CONFIG,'',CHATOPS_CONFIG is not set",
    "CHATOPS_STORE,'',CHATOPS_STORE is not set",
    "CHATOPS_SEAL_KEYS,'',CHATOPS_SEAL_KEYS is not set",
    "CHATOPS_LINK_KEY,'',CHATOPS_LINK_KEY is not set",
    "EXECUTION_FUNCTION,'',EXECUTION_FUNCTION is not set",
    "CHATOPS_SEAL_KEYS,geheim,CHATOPS_SEAL_KEYS: seal key 1",
    "CHATOPS_LINK_KEY,geheim,'CHATOPS_LINK_KEY: '",
    "CHATOPS_URL,https://ann:geheim@chatops.example.com,CHATOPS_URL: expected https",
    "CHATOPS_URL,http://geheim.example.com,CHATOPS_URL: expected https",
    "CHATOPS_RIGHTS_LIVE,oss://geheim,CHATOPS_RIGHTS_LIVE",
    "CHATOPS_RIGHTS_LIVE,s3://geheim/chatops.yaml,CHATOPS_RIGHTS_LIVE",
    "EXECUTION_FUNCTION,no name,'EXECUTION_FUNCTION: function name'",
    "DINGTALK_ROBOTS,geheim,DINGTALK_ROBOTS: robot 1",
    "CHATOPS_TEMPLATES,/no/such/folder,CHATOPS_TEMPLATES",
  })
  void a_wrong_setting_is_named_and_not_shown(String name, String value, String told) {
    Map<String, String> environment = new HashMap<>(account.environment);
    environment.put(name, value);

    assertThatThrownBy(() -> new ExecutionHandler(environment))
        .hasMessageContaining(told)
        .hasMessageNotContaining("geheim");
  }

  @Test
  void all_that_is_wrong_is_said_at_once() {
    Map<String, String> environment = new HashMap<>(account.environment);
    environment.remove("CHATOPS_STORE");
    environment.put("CHATOPS_SEAL_KEYS", "geheim");
    environment.put("CHATOPS_LINK_KEY", "geheim");

    assertThatThrownBy(() -> new ExecutionHandler(environment))
        .hasMessageContainingAll("CHATOPS_STORE", "CHATOPS_SEAL_KEYS", "CHATOPS_LINK_KEY");
  }
}
