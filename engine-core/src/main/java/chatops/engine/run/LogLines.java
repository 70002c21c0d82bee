package chatops.engine.run;

import chatops.engine.EngineException;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.LogRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines of one execution's log on their way to the store: with the next commit where the store takes them so, else, and where no
 * commit comes, by themselves at most once a second. A line is never a reason to fail. Used by one thread.
 */
final class LogLines {
  private static final Duration PACE = Duration.ofSeconds(1);

  private final ExecutionStore store;
  private final InstantSource clock;
  private final List<LogRow> waiting = new ArrayList<>();
  private Instant storedAt;

  LogLines(ExecutionStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.storedAt = store.takesLines() ? clock.instant() : Instant.EPOCH;
  }

  void add(LogRow line) {
    waiting.add(line);
    if (Duration.between(storedAt, line.at()).compareTo(PACE) >= 0) {
      flush();
    }
  }

  /** What goes with a commit that is written now. */
  List<LogRow> ofCommit() {
    return store.takesLines() ? List.copyOf(waiting) : List.of();
  }

  /** A commit with these, the oldest that wait, is durable. */
  void stored(List<LogRow> lines) {
    waiting.subList(0, lines.size()).clear();
    storedAt = store.takesLines() ? clock.instant() : storedAt;
  }

  void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    try {
      store.appendLogs(List.copyOf(waiting));
      waiting.clear();
    } catch (EngineException unavailable) {
      // it is tried again with the next one
    }
    storedAt = clock.instant();
  }
}
