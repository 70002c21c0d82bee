package chatops.front.push;

import chatops.chat.handover.EventKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Signatures that were taken within the time they are good for. MNS dates and signs every try anew, so the same signature twice is somebody
 * else's copy. One process's memory only: what it forgets, or another process sees, still changes nothing, because a lifecycle
 * action's token starts one execution. Holds hashes. Thread-safe.
 */
final class Replays {
  private static final int KEPT = 10_000;
  private static final Duration GOOD = Duration.ofMinutes(31);

  private final Map<String, Instant> taken = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
      return size() > KEPT;
    }
  };

  synchronized boolean isKnown(String signature, Instant now) {
    Instant at = taken.get(EventKey.hex(signature));
    return at != null && now.isBefore(at.plus(GOOD));
  }

  synchronized void take(String signature, Instant now) {
    taken.put(EventKey.hex(signature), now);
  }
}
