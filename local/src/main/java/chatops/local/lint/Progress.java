package chatops.local.lint;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Tells how far it is where many files take long: every two seconds, and not at the end. Used by one thread. */
public final class Progress {
  private static final long PATIENCE = Duration.ofSeconds(2).toNanos();

  private final int size;
  private final PrintStream err;
  private final LongSupplier nanos;
  private int looked;
  private long told;

  /**
   * @param size how many files there are
   * @param nanos a clock that only ever goes forward
   */
  public Progress(int size, PrintStream err, LongSupplier nanos) {
    this.size = size;
    this.err = err;
    this.nanos = nanos;
    this.told = nanos.getAsLong();
  }

  /** One file more is done. */
  public void looked() {
    looked++;
    long now = nanos.getAsLong();
    if (now - told >= PATIENCE && looked < size) {
      told = now;
      err.println("  " + looked + " of " + size + " files");
    }
  }
}
