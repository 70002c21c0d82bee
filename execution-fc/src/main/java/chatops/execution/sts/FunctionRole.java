package chatops.execution.sts;

import com.aliyun.fc.runtime.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
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

  /** Keys overlap for a while when FC renews them; more sets than this are never in use at a time. */
  private static final int REMEMBERED = 16;

  private final InstantSource clock;
  private final Map<String, Instant> firstSeen = new LinkedHashMap<>();
  private @Nullable Keys latest;

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
    offer(id, given.getAccessKeySecret(), token);
  }

  private synchronized void offer(String id, String secret, String token) {
    Instant seen = firstSeen.computeIfAbsent(id, unused -> clock.instant());
    if (firstSeen.size() > REMEMBERED) {
      firstSeen.remove(firstSeen.keySet().iterator().next());
    }
    offer(new Keys(id, secret, token, seen.plus(LIFE)));
  }

  synchronized void offer(Keys keys) {
    if (latest == null || keys.expiration().isAfter(latest.expiration())) {
      latest = keys;
    }
  }

  /** @throws IllegalStateException before the first invocation that brought keys */
  public synchronized Keys current() {
    if (latest == null) {
      throw new IllegalStateException(
          "no keys of the function's role: give the function a role in s.yaml (role: acs:ram::<account>:role/<name>)");
    }
    return latest;
  }
}
