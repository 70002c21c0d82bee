package chatops.local.simulate;

import chatops.engine.view.TaskView;
import chatops.local.lint.Progress;
import chatops.local.rehearsal.MadeCall;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Prints what came of each template as it comes, counts, and tells how far it is when it takes long. */
public final class Printout implements Simulator.Listener {
  private static final int WIDEST = 200;

  private final boolean json;
  private final PrintStream out;
  private final PrintStream err;
  private final Progress progress;
  private final Map<String, Integer> counts = new TreeMap<>();
  private int templates;
  private int passedOver;
  private boolean bad;

  /**
   * @param size how many files there are
   * @param err where progress is told
   * @param nanos a clock that only ever goes forward
   */
  public Printout(boolean json, int size, PrintStream out, PrintStream err, LongSupplier nanos) {
    this.json = json;
    this.out = out;
    this.err = err;
    this.progress = new Progress(size, err, nanos);
  }

  @Override
  public void simulated(Simulated simulated) {
    templates++;
    counts.merge(simulated.status(), 1, Integer::sum);
    bad |= !simulated.isAsWanted();
    if (json) {
      out.println(simulated.toJson());
      simulated.unmet().forEach(line -> err.println(clean(line)));
    } else {
      text(simulated);
    }
    progress.looked();
  }

  @Override
  public void passedOver(Path file) {
    passedOver++;
    progress.looked();
  }

  private void text(Simulated simulated) {
    String reason = simulated.reason().isEmpty() ? "" : " — " + simulated.reason();
    out.println(clean(simulated.file() + ": " + simulated.status() + reason));
    Instant start = simulated.tasks().stream()
        .map(TaskView::startedAt)
        .min(Instant::compareTo)
        .orElse(Instant.EPOCH);
    for (TaskView task : simulated.tasks()) {
      long depth = task.path().chars().filter(c -> c == '/').count();
      String item = task.loopItem() == null ? "" : " ← " + task.loopItem();
      String message = task.message().isEmpty() ? "" : " — " + task.message();
      out.println(clean("  %8s  %-9s  %s%s (%s)%s%s"
          .formatted(
              since(start, task.startedAt()),
              task.status(),
              "  ".repeat((int) depth),
              task.name(),
              task.action(),
              item,
              message)));
    }
    calls(start, simulated);
    if (!simulated.unmet().isEmpty()) {
      out.println("  not as expected (- expected, + came):");
      simulated.unmet().forEach(line -> out.println("    " + clean(line)));
    }
  }

  /** A call that is made again and again is one line. */
  private void calls(Instant start, Simulated simulated) {
    Map<String, List<MadeCall>> alike = new LinkedHashMap<>();
    for (MadeCall call : simulated.calls()) {
      alike
          .computeIfAbsent(CallComparison.text(call), text -> new ArrayList<>())
          .add(call);
    }
    alike.forEach((text, made) -> {
      Instant last = made.get(made.size() - 1).at();
      String again =
          made.size() == 1 ? "" : " (" + made.size() + " times, until " + since(start, last) + ")";
      String first = since(start, made.get(0).at());
      out.println(clean("  %8s  call       %s%s".formatted(first, text, again)));
    });
  }

  private static String since(Instant start, Instant at) {
    long seconds = Duration.between(start, at).toSeconds();
    return seconds < 3600
        ? String.format(Locale.ROOT, "+%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "+%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** A template's own text must neither break the line nor steer the terminal. */
  private static String clean(String line) {
    String plain = line.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
    return plain.length() > WIDEST ? plain.substring(0, WIDEST) + "…" : plain;
  }

  /** Files in directories that are no templates. */
  public int passedOver() {
    return passedOver;
  }

  /** Whether something did not succeed, or did not come as expected. */
  public boolean isBad() {
    return bad;
  }

  /** {@code simulate: 3 templates: 2 Success, 1 Failed, 0 Cancelled, 0 Refused}. */
  @Override
  public String toString() {
    return "simulate: " + templates + " templates: " + counts.getOrDefault("Success", 0)
        + " Success, " + counts.getOrDefault("Failed", 0) + " Failed, "
        + counts.getOrDefault("Cancelled", 0) + " Cancelled, "
        + counts.getOrDefault("Refused", 0) + " Refused";
  }
}
