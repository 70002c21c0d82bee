package chatops.engine;

import chatops.engine.audit.Anchors;
import chatops.engine.execution.AdmissionEvent;
import chatops.engine.execution.Execution;
import chatops.engine.execution.Status;
import chatops.engine.id.ExecutionId;
import chatops.engine.run.Executions;
import chatops.engine.run.Ports;
import chatops.engine.run.Settings;
import chatops.engine.share.Turns;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Deletes executions that ended long ago: first the row says durably that it is being deleted, so that nobody brings it back to
 * life; then blobs, tasks, logs and the row itself go, in that order. The audit trail stays, see
 * {@link chatops.engine.audit.Anchoring}. A process that dies in between leaves the row, and the next one goes on from it. What
 * has not ended is never touched.
 */
final class Retention {
  private static final Duration EVERY = Duration.ofHours(1);
  private static final int PAGE = 100;
  private static final int MOST_AT_ONCE = 500;

  private final Ports ports;
  private final Settings settings;
  private final Executions executions;
  private final Turns turns;
  private final Anchors anchors;

  Retention(Ports ports, Settings settings, Executions executions) {
    this.ports = ports;
    this.settings = settings;
    this.executions = executions;
    this.turns = new Turns(ports.store().shared());
    this.anchors = new Anchors(ports.store().shared());
  }

  /**
   * Works once an hour, whichever process comes first, and goes on at once where it did not get to the end.
   *
   * @param failed told of each execution whose rows cannot be read; it stays, and the others go
   */
  int run(Instant deadline, BiConsumer<ExecutionId, RuntimeException> failed) {
    Duration kept = settings.retention();
    Instant now = ports.clock().instant();
    if (kept == null || !turns.take("retention", now, now.plus(EVERY))) {
      return 0;
    }
    int deleted = 0;
    for (Status status : Status.values()) {
      if (status.isFinal()) {
        deleted += delete(status, now.minus(kept), deadline, MOST_AT_ONCE - deleted, failed);
      }
    }
    if (deleted >= MOST_AT_ONCE || !ports.clock().instant().isBefore(deadline)) {
      turns.again("retention", now);
    }
    return deleted;
  }

  private int delete(
      Status status,
      Instant before,
      Instant deadline,
      int most,
      BiConsumer<ExecutionId, RuntimeException> failed) {
    int deleted = 0;
    Instant page = before;
    while (deleted < most && ports.clock().instant().isBefore(deadline)) {
      List<ExecutionRow> rows =
          ports.store().list(new ExecutionQuery(status.text(), null, null, page, PAGE));
      for (ExecutionRow row : rows) {
        if (deleted < most && ports.clock().instant().isBefore(deadline)) {
          deleted += isDeleted(row, before, failed) ? 1 : 0;
        }
      }
      if (rows.size() < PAGE) {
        return deleted;
      }
      page = rows.get(rows.size() - 1).createdAt();
    }
    return deleted;
  }

  private boolean isDeleted(
      ExecutionRow row, Instant before, BiConsumer<ExecutionId, RuntimeException> failed) {
    try {
      return delete(row, before);
    } catch (NewerFormatException newer) {
      return false;
    } catch (StoreException unavailable) {
      throw unavailable;
    } catch (RuntimeException damaged) {
      failed.accept(row.id(), damaged);
      return false;
    }
  }

  private boolean delete(ExecutionRow row, Instant before) {
    Execution e = executions.peek(row);
    Instant endedAt = e.endedAt();
    boolean isOld = endedAt != null && endedAt.isBefore(before) && e.untold().isEmpty();
    if (!e.isRetired() && (!isOld || !retire(e))) {
      return false;
    }
    ExecutionStore store = ports.store();
    // its trail now ends; the next anchor says so
    anchors.note(row.id());
    store.delete(row.id());
    return true;
  }

  private boolean retire(Execution e) {
    Optional<Executions.Change> change = executions.change(e.id(), new AdmissionEvent.Retired());
    return change.map(c -> c.after().isRetired()).orElse(false);
  }
}
