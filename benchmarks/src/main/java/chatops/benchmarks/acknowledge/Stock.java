package chatops.benchmarks.acknowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Signed commands, no two alike: Front answers one that it has answered before without handing it over. They are signed ahead, so
 * that a slice does not pay for it. Thread-safe but for {@link #fill}.
 */
final class Stock {
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private final AtomicInteger next = new AtomicInteger();
  private List<byte[]> signed = List.of();

  /** Signs so many anew, because a signature is good for five minutes; while nobody takes any. */
  void fill(int count) {
    List<byte[]> fresh = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      fresh.add(SlackCommand.request(NUMBERS.incrementAndGet()));
    }
    signed = fresh;
    next.set(0);
  }

  /** One that nobody was given before; beyond those signed ahead it is signed on the spot. */
  byte[] take() {
    int at = next.getAndIncrement();
    return at < signed.size() ? signed.get(at) : SlackCommand.request(NUMBERS.incrementAndGet());
  }
}
