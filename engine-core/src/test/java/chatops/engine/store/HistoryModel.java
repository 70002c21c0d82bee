package chatops.engine.store;

import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a history may show if every commit of an execution took effect at one moment between its call and its return, in
 * order of versions: the rules of {@link ExecutionStore}, said once, for any store. Answers what is against them.
 */
final class HistoryModel {
  private final ExecutionId id;
  private final List<StoreAction> actions;
  private final List<String> violations = new ArrayList<>();

  HistoryModel(ExecutionId id, List<StoreAction> all) {
    this.id = id;
    this.actions = all.stream().filter(action -> action.execution().equals(id)).toList();
  }

  /** @param store quiet now */
  List<String> violations(ExecutionStore store) {
    Optional<ExecutionRow> stored = store.load(id);
    versionsAreWonOnce();
    versionsHaveNoGap(stored);
    stored.ifPresent(row -> rowWasWritten(row, Long.MAX_VALUE, "the stored row"));
    actions.forEach(this::readsAreFresh);
    actions.forEach(this::conflictsHaveAReason);
    for (TaskPath path : StoreHistory.PATHS) {
      taskIsOfTheNewestEpoch(path, store);
    }
    blobsOfCommitsAreThere(store);
    auditRowsOfCommitsAreThere(store);
    dueAgrees(stored, store);
    return violations;
  }

  private void versionsAreWonOnce() {
    Set<Long> won = new HashSet<>();
    for (StoreAction action : actions) {
      if (action.isDone() && !won.add(action.version()))
        wrong("version " + action.version() + " was won twice");
    }
  }

  private void versionsHaveNoGap(Optional<ExecutionRow> stored) {
    long last = stored.map(ExecutionRow::version).orElse(0L);
    for (StoreAction action : actions) {
      if (action.isDone() && action.version() > last) wrong("a commit was lost: " + action);
    }
    for (long version = 1; version <= last; version++) {
      if (writers(version).isEmpty())
        wrong("version " + version + " was written by nobody who was told so");
    }
  }

  private List<StoreAction> writers(long version) {
    List<StoreAction> done = new ArrayList<>();
    List<StoreAction> maybe = new ArrayList<>();
    for (StoreAction action : actions) {
      if (action.isDone() && action.version() == version) done.add(action);
      if (action.isFateUnknown() && action.version() == version) maybe.add(action);
    }
    return done.isEmpty() ? maybe : done;
  }

  private void rowWasWritten(ExecutionRow row, long before, String where) {
    boolean found = false;
    for (StoreAction writer : writers(row.version())) {
      found |= writer.begun() < before && writer.commit().execution().equals(row);
    }
    if (!found) wrong(where + " shows " + row + ", which no successful commit wrote before");
  }

  private void readsAreFresh(StoreAction read) {
    if (read.kind() == StoreAction.Kind.COMMIT) return;
    long least = 0;
    for (StoreAction action : actions) {
      if (action.isDone() && action.endedBefore(read)) least = Math.max(least, action.version());
    }
    for (ExecutionRow row : read.result().rows()) {
      rowWasWritten(row, read.ended(), read.toString());
      if (row.version() < least)
        wrong("a read shows version " + row.version() + " after " + least + ": " + read);
      Instant wakeAt = row.wakeAt();
      boolean isDue = wakeAt != null && !wakeAt.isAfter(StoreHistory.NOW);
      if (read.kind() == StoreAction.Kind.DUE && !isDue)
        wrong("a row is shown as due that is not: " + read);
    }
    boolean nothing = read.result().rows().isEmpty();
    if (nothing && least > 0 && read.kind() == StoreAction.Kind.LOAD)
      wrong("a row is gone: " + read);
    if (nothing && read.kind() == StoreAction.Kind.DUE) missedNothing(read, least);
  }

  /** A row that nobody touched during the scan and that was due must be in it. */
  private void missedNothing(StoreAction scan, long version) {
    for (StoreAction action : actions) {
      boolean mayMove = action.kind() == StoreAction.Kind.COMMIT
          && !action.isRefused()
          && action.version() > version;
      if (mayMove && action.begun() < scan.ended()) return;
    }
    for (StoreAction writer : writers(version)) {
      Instant wakeAt = writer.commit().execution().wakeAt();
      if (wakeAt != null && !wakeAt.isAfter(StoreHistory.NOW))
        wrong("a due row was not found: " + scan);
    }
  }

  /** A conflict needs somebody else who wrote that version, or a later epoch on one of its tasks, before it was told. */
  private void conflictsHaveAReason(StoreAction refused) {
    if (!refused.isRefused()) return;
    for (StoreAction other : actions) {
      boolean isWrite = other != refused
          && other.kind() == StoreAction.Kind.COMMIT
          && other.begun() < refused.ended();
      boolean tookVersion = !other.isRefused() && other.version() >= refused.version();
      if (isWrite && (tookVersion || fences(other, refused))) return;
    }
    wrong("a conflict without a reason: " + refused);
  }

  private static boolean fences(StoreAction other, StoreAction refused) {
    for (TaskRow own : refused.commit().tasks()) {
      for (TaskRow task : other.commit().tasks()) {
        boolean isNewer = task.epoch() > own.epoch()
            || (task.epoch() == own.epoch() && other.version() > refused.version());
        if (task.path().equals(own.path()) && isNewer) return true;
      }
    }
    return false;
  }

  /** Nobody's older epoch, nor a worker's own earlier write, may stand over the last successful commit of the newest. */
  private void taskIsOfTheNewestEpoch(TaskPath path, ExecutionStore store) {
    TaskRow stored = null;
    for (TaskRow row : store.tasks(id, path)) {
      if (row.path().equals(path)) stored = row;
    }
    @Nullable StoreAction last = null;
    for (StoreAction action : actions) {
      boolean newer = last == null
          || action.worker() > last.worker()
          || (action.worker() == last.worker() && action.begun() > last.begun());
      if (action.isDone() && task(action, path) != null && newer) last = action;
    }
    if (last == null) return;
    boolean allowed = false;
    for (StoreAction action : actions) {
      boolean later = action.worker() > last.worker()
          || (action.worker() == last.worker() && action.begun() >= last.begun());
      TaskRow written = task(action, path);
      allowed |= later && written != null && written.equals(stored);
    }
    if (!allowed) wrong("task " + path + " is " + stored + " after " + last);
  }

  private static @Nullable TaskRow task(StoreAction action, TaskPath path) {
    for (TaskRow task : action.commit().tasks()) {
      if (task.path().equals(path)) return task;
    }
    return null;
  }

  private void blobsOfCommitsAreThere(ExecutionStore store) {
    for (StoreAction action : actions) {
      for (Blob blob : action.commit().blobs()) {
        if (action.isDone() && !store.blob(id, blob.hash()).equals(Optional.of(blob))) {
          wrong("blob " + blob.hash() + " of a commit is not there: " + action);
        }
      }
    }
  }

  private void auditRowsOfCommitsAreThere(ExecutionStore store) {
    List<AuditRow> stored = store.audit(id);
    for (StoreAction action : actions) {
      for (AuditRow row : action.commit().audit()) {
        if (action.isDone() && !stored.contains(row)) {
          wrong("audit row " + row.last() + " of a commit is not there: " + action);
        }
      }
    }
  }

  private void dueAgrees(Optional<ExecutionRow> stored, ExecutionStore store) {
    boolean isDue = stored
        .map(ExecutionRow::wakeAt)
        .filter(wakeAt -> !wakeAt.isAfter(StoreHistory.NOW))
        .isPresent();
    boolean isFound =
        store.due(StoreHistory.NOW, 100).stream().anyMatch(row -> stored.equals(Optional.of(row)));
    boolean isListed = store.list(new ExecutionQuery("Running", "T", "u", null, 100)).stream()
        .anyMatch(row -> stored.equals(Optional.of(row)));
    if (isDue != isFound) wrong("due: " + isFound + ", expected " + isDue + " for " + stored);
    if (isListed != stored.isPresent()) wrong("listed: " + isListed + " for " + stored);
  }

  private void wrong(String what) {
    violations.add(id + ": " + what);
  }
}
