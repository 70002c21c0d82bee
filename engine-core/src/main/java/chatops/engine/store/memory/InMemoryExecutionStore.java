package chatops.engine.store.memory;

import chatops.engine.id.ExecutionId;
import chatops.engine.id.TaskPath;
import chatops.engine.store.Blob;
import chatops.engine.store.Commit;
import chatops.engine.store.ExecutionQuery;
import chatops.engine.store.ExecutionRow;
import chatops.engine.store.ExecutionStore;
import chatops.engine.store.LogRow;
import chatops.engine.store.TaskRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Executions in memory, with Tablestore's manners: conditions hold for a single row, a commit's rows are written one
 * after the other and a failure may fall between any two of them, an answer may be lost after the write.
 */
public final class InMemoryExecutionStore implements ExecutionStore {
  private record GuardRow(String value, Instant until) {}

  private final InstantSource clock;
  private final Fault fault;
  private final Map<ExecutionId, ExecutionRow> executions = new HashMap<>();
  private final Map<ExecutionId, Map<TaskPath, TaskRow>> tasks = new HashMap<>();
  private final Map<ExecutionId, Map<String, Blob>> blobs = new HashMap<>();
  private final Map<ExecutionId, TreeMap<Long, LogRow>> logs = new HashMap<>();
  private final Map<String, GuardRow> guards = new HashMap<>();

  public InMemoryExecutionStore(InstantSource clock) {
    this(clock, Fault.NONE);
  }

  public InMemoryExecutionStore(InstantSource clock, Fault fault) {
    this.clock = clock;
    this.fault = fault;
  }

  @Override
  public Saved commit(Commit commit) {
    ExecutionId id = commit.execution().id();
    for (Blob blob : commit.blobs()) {
      fault.at("blob", false);
      put(id, blob);
      fault.at("blob", true);
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

  @Override
  public synchronized List<ExecutionRow> due(Instant now, int limit) {
    List<ExecutionRow> due = new ArrayList<>();
    for (ExecutionRow row : executions.values()) {
      Instant wakeAt = row.wakeAt();
      if (wakeAt != null && !wakeAt.isAfter(now)) {
        due.add(row);
      }
    }
    due.sort(Comparator.comparing(InMemoryExecutionStore::wakeAt).thenComparing(ExecutionRow::id));
    return List.copyOf(due.subList(0, Math.min(limit, due.size())));
  }

  private static Instant wakeAt(ExecutionRow row) {
    Instant wakeAt = row.wakeAt();
    return wakeAt == null ? Instant.MAX : wakeAt;
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
  public synchronized void delete(ExecutionId id) {
    blobs.remove(id);
    tasks.remove(id);
    logs.remove(id);
    executions.remove(id);
  }

  @Override
  public void close() {}
}
