package chatops.cloudsim.tablestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.cloudsim.identity.Policy;
import chatops.cloudsim.identity.Principal;
import chatops.cloudsim.identity.Role;
import com.alicloud.openservices.tablestore.SyncClient;
import com.alicloud.openservices.tablestore.TableStoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TablestoreAccessTest {
  private final SimulatedTablestore cloud = new SimulatedTablestore(Limits.REAL);

  @AfterEach
  void stop() {
    cloud.close();
  }

  private void refused(
      String key, String secret, @Nullable String token, String code, String message) {
    SyncClient client = cloud.client(key, secret, token);
    try {
      assertThatThrownBy(client::listTable)
          .isInstanceOf(TableStoreException.class)
          .hasMessageContaining(message)
          .extracting(refusal -> ((TableStoreException) refusal).getErrorCode())
          .isEqualTo(code);
    } finally {
      client.shutdown();
    }
  }

  @Test
  void a_wrong_secret_an_unknown_key_and_a_disabled_user_are_refused() {
    refused(cloud.user.accessKeyId(), "wrong", null, "OTSAuthFailed", "Signature mismatch");
    refused("nobody", "wrong", null, "OTSAuthFailed", "does not exist");
    cloud.identities.deactivate(cloud.user);
    refused(
        cloud.user.accessKeyId(), cloud.user.accessKeySecret(), null, "OTSAuthFailed", "disabled");
  }

  @Test
  void a_session_needs_its_token_and_dies_at_its_end() {
    Role role = cloud.identities.role("store", Policy.allow("ots:*"));
    Principal.RoleSession session =
        cloud.identities.session(role, "test", Duration.ofHours(1), Optional.empty());
    SyncClient client =
        cloud.client(session.accessKeyId(), session.accessKeySecret(), session.securityToken());
    try {
      assertThat(client.listTable().getTableNames()).isEmpty();
    } finally {
      client.shutdown();
    }

    refused(
        session.accessKeyId(), session.accessKeySecret(), null, "OTSAuthFailed", "security token");
    refused(
        session.accessKeyId(),
        session.accessKeySecret(),
        "other",
        "OTSAuthFailed",
        "security token");
    cloud.clock.advance(Duration.ofHours(1));
    refused(
        session.accessKeyId(),
        session.accessKeySecret(),
        session.securityToken(),
        "OTSAuthFailed",
        "expired");
  }

  @Test
  void a_caller_without_the_permission_is_refused() {
    Principal.RamUser reader = cloud.identities.user("bob", Policy.allow("ots:Get*"));

    refused(
        reader.accessKeyId(),
        reader.accessKeySecret(),
        null,
        "OTSNoPermissionAccess",
        "no permission");
  }

  @Test
  void an_unknown_action_a_changed_body_and_a_missing_header_are_refused() {
    Map<String, String> headers = new HashMap<>(Map.of("x-ots-apiversion", "2015-12-31"));

    assertThat(cloud.tablestore.handle("ListTable", headers, new byte[0]).status())
        .isEqualTo(400);
    headers.put("x-ots-contentmd5", "1B2M2Y8AsgTpgAmY7PhCfg==");
    assertThat(cloud.tablestore.handle("ListTable", headers, new byte[] {1}).status())
        .isEqualTo(403);
    assertThat(cloud.tablestore.handle("ListTable", Map.of(), new byte[0]).status())
        .isEqualTo(400);
  }
}
