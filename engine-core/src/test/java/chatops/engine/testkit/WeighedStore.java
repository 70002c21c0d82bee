package chatops.engine.testkit;

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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** A store that counts what is written to it: commits, rows, bytes. Log lines are counted apart. Not thread-safe. */
public final class WeighedStore implements ExecutionStore {
  private final ExecutionStore store;
  public int commits;
  public int rows;
  public int logLines;
  public long taskBytes;
  public long blobBytes;
  public long auditBytes;
  public long executionBytes;
  public int largestExecution;
  public int largestTask;
  public int largestBlob;
  public int mostRows;
  public final TreeMap<TaskPath, Integer> taskWrites = new TreeMap<>();

  public WeighedStore(ExecutionStore store) {
    this.store = store;
  }

  @Override
  public Saved commit(Commit commit) {
    commits++;
    int written = commit.rows();
    rows += written;
    mostRows = Math.max(mostRows, written);
    int document = bytes(commit.execution().document());
    executionBytes += document;
    largestExecution = Math.max(largestExecution, document);
    for (TaskRow task : commit.tasks()) {
      int size = bytes(task.document());
      taskBytes += size;
      largestTask = Math.max(largestTask, size);
      taskWrites.merge(task.path(), 1, Integer::sum);
    }
    for (Blob blob : commit.blobs()) {
      int size = bytes(blob.text());
      blobBytes += size;
      largestBlob = Math.max(largestBlob, size);
    }
    for (AuditRow row : commit.audit()) {
      auditBytes += bytes(row.text());
    }
    return store.commit(commit);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public Optional<ExecutionRow> load(ExecutionId id) {
    return store.load(id);
  }

  @Override
  public List<TaskRow> tasks(ExecutionId id, TaskPath under) {
    return store.tasks(id, under);
  }

  @Override
  public Optional<Blob> blob(ExecutionId id, String hash) {
    return store.blob(id, hash);
  }

  @Override
  public List<ExecutionRow> due(Instant now, int limit) {
    return store.due(now, limit);
  }

  @Override
  public List<ExecutionRow> list(ExecutionQuery query) {
    return store.list(query);
  }

  @Override
  public void appendLogs(List<LogRow> lines) {
    logLines += lines.size();
    store.appendLogs(lines);
  }

  @Override
  public List<LogRow> logs(ExecutionId id, long afterSequence, int limit) {
    return store.logs(id, afterSequence, limit);
  }

  @Override
  public List<AuditRow> audit(ExecutionId id) {
    return store.audit(id);
  }

  @Override
  public void deleteAudit(ExecutionId id) {
    store.deleteAudit(id);
  }

  @Override
  public Guarded guard(String key, String value, Instant until) {
    return store.guard(key, value, until);
  }

  @Override
  public SharedRows shared() {
    return store.shared();
  }

  @Override
  public void delete(ExecutionId id) {
    store.delete(id);
  }

  @Override
  public void close() {
    store.close();
  }
}
