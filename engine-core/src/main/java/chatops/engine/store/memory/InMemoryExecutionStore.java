package chatops.engine.store.memory;

import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.store.AuditRow;
import chatops.engine.store.Blob;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.LogRow;
import chatops.engine.store.SharedRows;
import chatops.engine.store.TaskRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Executions in memory, with Tablestore's manners: conditions hold for a single row, a commit's rows are written one
 * after the other and a failure may fall between any two of them, an answer may be lost after the write.
 */
public final class InMemoryExecutionStore implements ExecutionStore {
  /** Orders executions by when they are due; a sweep reads no others. */
  private record Wake(Instant at, ExecutionId id) {}

  private record GuardRow(String value, Instant until) {}

  private final InstantSource clock;
  private final Fault fault;
  private final Map<ExecutionId, ExecutionRow> executions = new HashMap<>();
  private final TreeMap<Wake, ExecutionRow> wakes =
      new TreeMap<>(Comparator.comparing(Wake::at).thenComparing(Wake::id));
  private final Map<ExecutionId, Map<TaskPath, TaskRow>> tasks = new HashMap<>();
  private final Map<ExecutionId, Map<String, Blob>> blobs = new HashMap<>();
  private final Map<ExecutionId, TreeMap<Long, LogRow>> logs = new HashMap<>();
  private final Map<ExecutionId, TreeMap<String, AuditRow>> audit = new HashMap<>();
  private final Map<String, GuardRow> guards = new HashMap<>();
  private final InMemorySharedRows shared;

  public InMemoryExecutionStore(InstantSource clock) {
    this(clock, Fault.NONE);
  }

  public InMemoryExecutionStore(InstantSource clock, Fault fault) {
    this.clock = clock;
    this.fault = fault;
    this.shared = new InMemorySharedRows(fault);
  }

  @Override
  public Saved commit(Commit commit) {
    ExecutionId id = commit.execution().id();
    for (Blob blob : commit.blobs()) {
      fault.at("blob", false);
      put(id, blob);
      fault.at("blob", true);
    }
    for (AuditRow row : commit.audit()) {
      fault.at("audit", false);
      put(row);
      fault.at("audit", true);
    }
    for (TaskRow task : commit.tasks()) {
      fault.at("task " + task.path(), false);
      if (!put(task)) {
        return Saved.CONFLICT;
      }
      fault.at("task " + task.path(), true);
    }
    fault.at("execution", false);
    if (!put(commit.execution(), commit.expectedVersion())) {
      return Saved.CONFLICT;
    }
    fault.at("execution", true);
    return Saved.DONE;
  }

  private synchronized void put(ExecutionId id, Blob blob) {
    blobs.computeIfAbsent(id, unused -> new HashMap<>()).put(blob.hash(), blob);
  }

  private synchronized void put(AuditRow row) {
    audit
        .computeIfAbsent(row.execution(), unused -> new TreeMap<>())
        .put(String.format("%019d %s", row.last(), row.hash()), row);
  }

  private synchronized boolean put(TaskRow task) {
    Map<TaskPath, TaskRow> rows =
        tasks.computeIfAbsent(task.execution(), unused -> new TreeMap<>());
    TaskRow stored = rows.get(task.path());
    if (stored != null && stored.epoch() > task.epoch()) {
      return false;
    }
    rows.put(task.path(), task);
    return true;
  }

  private synchronized boolean put(ExecutionRow row, long expectedVersion) {
    ExecutionRow stored = executions.get(row.id());
    long version = stored == null ? 0 : stored.version();
    if (version != expectedVersion) {
      return false;
    }
    executions.put(row.id(), row);
    unwatch(stored);
    if (row.wakeAt() != null) {
      wakes.put(new Wake(row.wakeAt(), row.id()), row);
    }
    return true;
  }

  @Override
  public synchronized Optional<ExecutionRow> load(ExecutionId id) {
    return Optional.ofNullable(executions.get(id));
  }

  @Override
  public synchronized List<TaskRow> tasks(ExecutionId id, TaskPath under) {
    return tasks.getOrDefault(id, Map.of()).values().stream()
        .filter(row -> row.path().isWithin(under))
        .toList();
  }

  @Override
  public synchronized Optional<Blob> blob(ExecutionId id, String hash) {
    return Optional.ofNullable(blobs.getOrDefault(id, Map.of()).get(hash));
  }

  private void unwatch(@Nullable ExecutionRow row) {
    if (row != null && row.wakeAt() != null) {
      wakes.remove(new Wake(row.wakeAt(), row.id()));
    }
  }

  @Override
  public synchronized List<ExecutionRow> due(Instant now, int limit) {
    return wakes.entrySet().stream()
        .takeWhile(entry -> !entry.getKey().at().isAfter(now))
        .limit(limit)
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public synchronized List<ExecutionRow> list(ExecutionQuery query) {
    return executions.values().stream()
        .filter(query::matches)
        .sorted(ExecutionQuery.NEWEST_FIRST)
        .limit(query.limit())
        .toList();
  }

  @Override
  public synchronized void appendLogs(List<LogRow> lines) {
    for (LogRow line : lines) {
      logs.computeIfAbsent(line.execution(), unused -> new TreeMap<>()).put(line.sequence(), line);
    }
  }

  @Override
  public synchronized List<LogRow> logs(ExecutionId id, long afterSequence, int limit) {
    return logs.getOrDefault(id, new TreeMap<>()).tailMap(afterSequence, false).values().stream()
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<AuditRow> audit(ExecutionId id) {
    return List.copyOf(audit.getOrDefault(id, new TreeMap<>()).values());
  }

  @Override
  public void deleteAudit(ExecutionId id) {
    delete("audit", audit, id);
  }

  @Override
  public synchronized Guarded guard(String key, String value, Instant until) {
    Instant now = clock.instant();
    guards.values().removeIf(row -> row.until().isBefore(now));
    GuardRow stored = guards.putIfAbsent(key, new GuardRow(value, until));
    if (stored == null) {
      return Guarded.NEW;
    }
    return stored.value().equals(value) ? Guarded.SAME : Guarded.OTHER;
  }

  @Override
  public SharedRows shared() {
    return shared;
  }

  @Override
  public void delete(ExecutionId id) {
    delete("blobs", blobs, id);
    delete("tasks", tasks, id);
    delete("logs", logs, id);
    delete("execution", executions, id);
  }

  private void delete(String what, Map<ExecutionId, ?> rows, ExecutionId id) {
    fault.at("delete " + what, false);
    synchronized (this) {
      if (rows.remove(id) instanceof ExecutionRow row) {
        unwatch(row);
      }
    }
    fault.at("delete " + what, true);
  }

  @Override
  public void close() {}
}
