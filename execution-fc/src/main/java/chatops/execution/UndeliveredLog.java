package chatops.execution;

import chatops.engine.id.TaskPath;
import chatops.engine.notice.Notice;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.LogRow;
import chatops.execution.notify.ChatNotifier;
import java.util.List;

/** Writes a line into the execution's own log when a notice can reach nobody. */
record UndeliveredLog(ExecutionStore store) implements ChatNotifier.Undelivered {
  @Override
  public void record(Notice.Envelope envelope, String detail) {
    // microseconds since 1970, as the engine numbers its lines, so that this one sorts in by its
    // time
    long sequence = envelope.at().getEpochSecond() * 1_000_000 + envelope.at().getNano() / 1000 + 1;
    store.appendLogs(List.of(new LogRow(
        envelope.execution(),
        sequence,
        envelope.at(),
        TaskPath.ROOT,
        LogRow.Level.WARN,
        "result undelivered: " + detail)));
  }
}
