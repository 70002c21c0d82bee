package chatops.local.lint;

import chatops.engine.template.Finding;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

/** Prints findings as they come, counts them, and tells how far it is when it takes long. */
public final class Tally implements Linter.Listener {
  private final Lines lines;
  private final PrintStream out;
  private final Progress progress;
  private int templates;
  private int passedOver;
  private int errors;
  private int warnings;

  /**
   * @param size how many files there are
   * @param err where progress is told
   * @param nanos a clock that only ever goes forward
   */
  public Tally(Lines lines, int size, PrintStream out, PrintStream err, LongSupplier nanos) {
    this.lines = lines;
    this.out = out;
    this.progress = new Progress(size, err, nanos);
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
    progress.looked();
  }

  @Override
  public void passedOver(Path file) {
    passedOver++;
    progress.looked();
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
