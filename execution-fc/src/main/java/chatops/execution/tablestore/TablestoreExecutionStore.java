package chatops.execution.tablestore;

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
import com.alicloud.openservices.tablestore.SyncClient;
import com.alicloud.openservices.tablestore.model.RowPutChange;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Executions in Tablestore. A commit writes blobs and audit rows, then tasks, then the execution's row: until that last conditional write
 * nothing points to the others, so it alone is the point of commit. Thread-safe.
 */
public final class TablestoreExecutionStore implements ExecutionStore {
  private static final Duration BUDGET = Duration.ofSeconds(10);

  private final SyncClient client;
  private final ExecutionTable executions;
  private final ExecutionIndexes indexes;
  private final TaskTable tasks;
  private final LogTable logs;
  private final Removal removal;
  private final BlobTable blobs;
  private final AuditTable audit;
  private final Batches batches;
  private final GuardTable guards;
  private final SharedTable shared;

  /** @param client closed with this store; its own retries must be off, as {@link TablestoreConnection} has them */
  public TablestoreExecutionStore(SyncClient client, InstantSource clock) {
    this(
        client,
        clock,
        new Attempts(BUDGET, duration -> Thread.sleep(duration.toMillis()), new SecureRandom()));
  }

  TablestoreExecutionStore(SyncClient client, InstantSource clock, Attempts attempts) {
    this.client = client;
    Ranges ranges = new Ranges(client, attempts);
    this.batches = new Batches(client, attempts);
    this.executions =
        new ExecutionTable(client, attempts, () -> UUID.randomUUID().toString());
    this.indexes = new ExecutionIndexes(ranges, batches);
    this.removal = new Removal(ranges, batches);
    this.tasks = new TaskTable(ranges, batches, removal);
    this.logs = new LogTable(ranges, batches, removal);
    this.blobs = new BlobTable(ranges);
    this.audit = new AuditTable(ranges, removal);
    this.guards = new GuardTable(client, attempts, () -> UUID.randomUUID().toString(), clock);
    this.shared = new SharedTable(client, attempts, ranges);
  }

  @Override
  public Saved commit(Commit commit) {
    ExecutionTable.checkSize(commit.execution());
    TaskTable.checkSizes(commit);
    List<RowPutChange> values =
        new ArrayList<>(BlobTable.changes(commit.execution().id(), commit.blobs()));
    values.addAll(AuditTable.changes(commit.audit()));
    batches.write("writing values of " + commit.execution().id(), values);
    if (!tasks.put(commit)) return Saved.CONFLICT;
    return executions.save(commit.execution(), commit.expectedVersion());
  }

  @Override
  public Optional<ExecutionRow> load(ExecutionId id) {
    return executions.load(id);
  }

  @Override
  public List<TaskRow> tasks(ExecutionId id, TaskPath under) {
    return tasks.under(id, under);
  }

  @Override
  public Optional<Blob> blob(ExecutionId id, String hash) {
    return blobs.get(id, hash);
  }

  @Override
  public List<ExecutionRow> due(Instant now, int limit) {
    return indexes.due(now, limit);
  }

  @Override
  public List<ExecutionRow> list(ExecutionQuery query) {
    return indexes.list(query);
  }

  @Override
  public void appendLogs(List<LogRow> lines) {
    logs.append(lines);
  }

  @Override
  public List<LogRow> logs(ExecutionId id, long afterSequence, int limit) {
    return logs.after(id, afterSequence, limit);
  }

  @Override
  public List<AuditRow> audit(ExecutionId id) {
    return audit.of(id);
  }

  @Override
  public void deleteAudit(ExecutionId id) {
    audit.delete(id);
  }

  @Override
  public Guarded guard(String key, String value, Instant until) {
    return guards.put(key, value, until);
  }

  @Override
  public SharedRows shared() {
    return shared;
  }

  @Override
  public void delete(ExecutionId id) {
    removal.run(id, BlobTable.all(id), "parts");
    tasks.delete(id);
    logs.delete(id);
    executions.delete(id);
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
