package chatops.engine.pace;

import chatops.engine.cloud.ApiRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The paces of this process: one for each API of each service in each region, since that is how the cloud counts. What one
 * execution learns, all others know. Thread-safe; paces that nobody asked for lately are forgotten.
 */
public final class Paces {
  private static final long IDLE = Duration.ofMinutes(10).toNanos();
  private static final long TIDIED = Duration.ofMinutes(1).toNanos();

  private final Map<String, Pace> paces = new ConcurrentHashMap<>();
  private final long seed;
  private volatile long tidiedAt = Long.MIN_VALUE;

  /** @param seed of the jitter: processes that share an account should differ in it */
  public Paces(long seed) {
    this.seed = seed;
  }

  /** @param now nanoseconds of a monotonic clock, the same for all paces */
  public Pace of(ApiRequest request, long now) {
    if (tidiedAt == Long.MIN_VALUE || now - tidiedAt > TIDIED) {
      tidiedAt = now;
      paces.values().removeIf(pace -> pace.isIdle(now, IDLE));
    }
    String key = (request.regionId() + "/" + request.name()).toLowerCase(Locale.ROOT);
    return paces.computeIfAbsent(key, unseen -> Pace.free(seed ^ unseen.hashCode(), now));
  }
}
