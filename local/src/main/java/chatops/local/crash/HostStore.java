package chatops.local.crash;

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
import java.util.List;
import java.util.Optional;

/** The store as one host sees it: shut once the host's round is over. Row writes pass their own places. */
final class HostStore implements ExecutionStore {
  private final ExecutionStore store;
  private final Host host;

  HostStore(ExecutionStore store, Host host) {
    this.store = store;
    this.host = host;
  }

  private ExecutionStore open() {
    host.mustReachStore();
    return store;
  }

  @Override
  public Saved commit(Commit commit) {
    return open().commit(commit);
  }

  @Override
  public Optional<ExecutionRow> load(ExecutionId id) {
    return open().load(id);
  }

  @Override
  public List<TaskRow> tasks(ExecutionId id, TaskPath under) {
    return open().tasks(id, under);
  }

  @Override
  public Optional<Blob> blob(ExecutionId id, String hash) {
    return open().blob(id, hash);
  }

  @Override
  public List<ExecutionRow> due(Instant now, int limit) {
    return open().due(now, limit);
  }

  @Override
  public List<ExecutionRow> list(ExecutionQuery query) {
    return open().list(query);
  }

  @Override
  public void appendLogs(List<LogRow> lines) {
    host.pass(Place.LOG_BEFORE, "log");
    open().appendLogs(lines);
    host.pass(Place.LOG_AFTER, "log");
  }

  @Override
  public List<LogRow> logs(ExecutionId id, long afterSequence, int limit) {
    return open().logs(id, afterSequence, limit);
  }

  @Override
  public List<AuditRow> audit(ExecutionId id) {
    return open().audit(id);
  }

  @Override
  public void deleteAudit(ExecutionId id) {
    open().deleteAudit(id);
  }

  @Override
  public Guarded guard(String key, String value, Instant until) {
    return open().guard(key, value, until);
  }

  @Override
  public SharedRows shared() {
    return new HostShared(open().shared(), host);
  }

  @Override
  public void delete(ExecutionId id) {
    open().delete(id);
  }

  @Override
  public void close() {
    open().close();
  }
}
