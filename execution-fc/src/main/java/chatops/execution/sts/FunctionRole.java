package chatops.execution.sts;

import com.aliyun.fc.runtime.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keys of the function's own role, as the latest invocation brought them. An instance serves several invocations at a time,
 * and each brings keys; the ones that expire last win. Thread-safe.
 */
public final class FunctionRole {
  /** What Function Compute grants; the keys themselves do not say. */
  private static final Duration LIFE = Duration.ofHours(36);

  /** One set of keys; {@link #toString} shows none of it. */
  public record Keys(
      String accessKeyId, String accessKeySecret, String securityToken, Instant expiration) {
    @Override
    public String toString() {
      return "Keys[until " + expiration + "]";
    }
  }

  private final AtomicReference<@Nullable Keys> latest = new AtomicReference<>();
  private final InstantSource clock;

  public FunctionRole(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes the keys of an invocation's context. Keys seen before keep the expiry they were first seen with. */
  public void offer(Credentials given) {
    String id = given.getAccessKeyId();
    if (id == null || id.isEmpty() || given.getAccessKeySecret() == null) {
      return;
    }
    String token = given.getSecurityToken() == null ? "" : given.getSecurityToken();
    offer(new Keys(id, given.getAccessKeySecret(), token, clock.instant().plus(LIFE)));
  }

  void offer(Keys keys) {
    latest.accumulateAndGet(keys, FunctionRole::later);
  }

  /** @throws IllegalStateException before the first invocation that brought keys */
  public Keys current() {
    Keys keys = latest.get();
    if (keys == null) {
      throw new IllegalStateException(
          "no keys of the function's role: give the function a role in s.yaml (role: acs:ram::<account>:role/<name>)");
    }
    return keys;
  }

  private static @Nullable Keys later(@Nullable Keys present, @Nullable Keys offered) {
    if (present == null || offered == null) {
      return offered == null ? present : offered;
    }
    boolean isSame = present.accessKeyId().equals(offered.accessKeyId());
    return isSame || present.expiration().isAfter(offered.expiration()) ? present : offered;
  }
}
