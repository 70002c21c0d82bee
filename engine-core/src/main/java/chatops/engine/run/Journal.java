package chatops.engine.run;

import chatops.engine.execution.Execution;
import chatops.engine.id.TaskPath;
import chatops.engine.store.LogRow;
import chatops.engine.view.Mask;
import chatops.engine.view.Views;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Log of one execution while a worker runs it: one line per transition, masked, and no longer than a line may be. */
final class Journal {
  private final LogLines lines;
  private final InstantSource clock;
  private final Supplier<Execution> now;
  private Execution execution;
  private Mask mask;
  private final int longest;
  private long sequence;

  /** @param longest characters of a line; the rest is cut */
  Journal(LogLines lines, InstantSource clock, Supplier<Execution> now, int longest) {
    this.longest = longest;
    this.lines = lines;
    this.clock = clock;
    this.now = now;
    this.execution = now.get();
    this.mask = Views.mask(execution);
  }

  void info(TaskPath task, String message) {
    add(task, LogRow.Level.INFO, message);
  }

  void warn(TaskPath task, String message) {
    add(task, LogRow.Level.WARN, message);
  }

  void error(TaskPath task, String message) {
    add(task, LogRow.Level.ERROR, message);
  }

  private void add(TaskPath task, LogRow.Level level, String message) {
    Instant at = clock.instant();
    Execution latest = now.get();
    if (latest.fetched().size() != execution.fetched().size()
        || latest.pieces() != execution.pieces()) {
      mask = Views.mask(latest);
    }
    execution = latest;
    // lines of later workers sort later without asking the store for the last number
    sequence = Math.max(sequence + 1, at.toEpochMilli() * 1000);
    String shown = mask.text(message);
    String line = shown.length() <= longest ? shown : shown.substring(0, longest - 1) + "…";
    lines.add(new LogRow(execution.id(), sequence, at, task, level, line));
  }
}
