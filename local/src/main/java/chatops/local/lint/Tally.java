package chatops.local.lint;

import chatops.engine.template.Finding;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Prints findings as they come, counts them, and tells how far it is when it takes long. */
public final class Tally implements Linter.Listener {
  private static final long PATIENCE = Duration.ofSeconds(2).toNanos();

  private final Lines lines;
  private final int size;
  private final PrintStream out;
  private final PrintStream err;
  private final LongSupplier nanos;
  private int templates;
  private int passedOver;
  private int errors;
  private int warnings;
  private long told;

  /**
   * @param size how many files there are
   * @param err where progress is told
   * @param nanos a clock that only ever goes forward
   */
  public Tally(Lines lines, int size, PrintStream out, PrintStream err, LongSupplier nanos) {
    this.lines = lines;
    this.size = size;
    this.out = out;
    this.err = err;
    this.nanos = nanos;
    this.told = nanos.getAsLong();
  }

  @Override
  public void checked(Path file, List<Finding> findings) {
    templates++;
    for (Finding finding : findings) {
      if (finding.severity() == Finding.Severity.ERROR) {
        errors++;
      } else {
        warnings++;
      }
      out.println(lines.of(file, finding));
    }
    progress();
  }

  @Override
  public void passedOver(Path file) {
    passedOver++;
    progress();
  }

  private void progress() {
    long now = nanos.getAsLong();
    int looked = templates + passedOver;
    if (now - told >= PATIENCE && looked < size) {
      told = now;
      err.println("  " + looked + " of " + size + " files");
    }
  }

  /** Files in directories that are no templates. */
  public int passedOver() {
    return passedOver;
  }

  public boolean hasErrors() {
    return errors > 0;
  }

  /** {@code lint: 3 templates, 1 errors, 2 warnings}. */
  @Override
  public String toString() {
    return "lint: " + templates + " templates, " + errors + " errors, " + warnings + " warnings";
  }
}
