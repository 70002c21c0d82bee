package chatops.cloudsim.assistant;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * What a script wrote, at most 24 KB of it: the first and the last 12 KB, as the agent keeps them.
 *
 * @param dropped how many bytes between them were dropped
 */
public record Output(byte[] bytes, long dropped) {
  static final int KEPT = 24 * 1024;
  private static final int HALF = KEPT / 2;

  public static Output of(byte[] all) {
    Collector collector = new Collector();
    collector.add(all, all.length);
    return collector.output();
  }

  /** Collects a stream in bounded memory. Thread-safe. */
  public static final class Collector {
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final byte[] tail = new byte[HALF];
    private long beyond;

    /** Takes the first {@code count} bytes. */
    public synchronized void add(byte[] bytes, int count) {
      int first = Math.min(count, HALF - head.size());
      head.write(bytes, 0, first);
      for (int i = first; i < count; i++) {
        tail[(int) (beyond++ % HALF)] = bytes[i];
      }
    }

    public synchronized Output output() {
      int last = (int) Math.min(beyond, HALF);
      byte[] kept = Arrays.copyOf(head.toByteArray(), head.size() + last);
      for (int i = 0; i < last; i++) {
        kept[head.size() + i] = tail[(int) ((beyond - last + i) % HALF)];
      }
      return new Output(kept, beyond - last);
    }
  }
}
