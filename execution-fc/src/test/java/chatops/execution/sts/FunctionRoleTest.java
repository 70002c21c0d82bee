package chatops.execution.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chatops.execution.sts.FunctionRole.Keys;
import com.aliyun.fc.runtime.Credentials;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FunctionRoleTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final FunctionRole role = new FunctionRole(() -> NOW);

  @Test
  void keys_that_expire_last_win_in_whatever_order_they_come() {
    role.offer(new Keys("STS.new", "s", "t", NOW.plusSeconds(20)));
    role.offer(new Keys("STS.old", "s", "t", NOW.plusSeconds(10)));

    assertThat(role.current().accessKeyId()).isEqualTo("STS.new");
  }

  @Test
  void keys_that_come_again_do_not_outlive_newer_ones() {
    AtomicReference<Instant> now = new AtomicReference<>(NOW);
    FunctionRole instance = new FunctionRole(now::get);
    Credentials old = new Given("STS.old");
    instance.offer(old);
    now.set(NOW.plusSeconds(60));
    instance.offer(new Given("STS.new"));
    now.set(NOW.plusSeconds(120));

    instance.offer(old);

    assertThat(instance.current().accessKeyId()).isEqualTo("STS.new");
  }

  private record Given(String id) implements Credentials {
    @Override
    public String getAccessKeyId() {
      return id;
    }

    @Override
    public String getAccessKeySecret() {
      return "secret";
    }

    @Override
    public String getSecurityToken() {
      return "token";
    }
  }

  @Test
  void without_keys_the_message_names_the_setting() {
    assertThatThrownBy(role::current).hasMessageContaining("s.yaml");
  }

  @Test
  void keys_do_not_show_in_text() {
    assertThat(new Keys("STS.id", "planted-secret", "planted-token", NOW).toString())
        .doesNotContain("planted")
        .doesNotContain("STS.id");
  }
}
