package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.execution.Execution;
import chatops.engine.id.TaskPath;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.LogRow;
import chatops.engine.view.Mask;
import chatops.engine.view.Views;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Log of one execution while a worker runs it: one line per transition, written at most once a second, masked, and never
 * a reason to fail.
 */
final class Journal {
  private static final Duration PACE = Duration.ofSeconds(1);

  private final ExecutionStore store;
  private final InstantSource clock;
  private final Supplier<Execution> now;
  private Execution execution;
  private Mask mask;
  private final int longest;
  private final List<LogRow> lines = new ArrayList<>();
  private Instant flushedAt = Instant.EPOCH;
  private long sequence;

  /** @param longest characters of a line; the rest is cut */
  Journal(ExecutionStore store, InstantSource clock, Supplier<Execution> now, int longest) {
    this.longest = longest;
    this.store = store;
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
    if (Duration.between(flushedAt, at).compareTo(PACE) >= 0) {
      flush();
    }
  }

  void flush() {
    if (lines.isEmpty()) {
      return;
    }
    flushedAt = clock.instant();
    try {
      store.appendLogs(List.copyOf(lines));
      lines.clear();
    } catch (EngineException unavailable) {
      // a log line is worth no failure; it is tried again with the next one
      flushedAt = clock.instant();
    }
  }
}
