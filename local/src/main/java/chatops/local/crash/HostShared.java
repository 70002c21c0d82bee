package chatops.local.crash;

import chatops.engine.store.ExecutionStore.Saved;
import chatops.engine.store.SharedRow;
import chatops.engine.store.SharedRows;
import java.util.List;
import java.util.Optional;

/** Shared rows as one host sees them: shut once the host's round is over. */
final class HostShared implements SharedRows {
  private final SharedRows rows;
  private final Host host;

  HostShared(SharedRows rows, Host host) {
    this.rows = rows;
    this.host = host;
  }

  private SharedRows open() {
    host.mustRun();
    return rows;
  }

  @Override
  public Optional<SharedRow> find(String key) {
    return open().find(key);
  }

  @Override
  public List<SharedRow> under(String prefix, int limit) {
    return open().under(prefix, limit);
  }

  @Override
  public Saved put(SharedRow row, String expected) {
    return open().put(row, expected);
  }

  @Override
  public Saved remove(String key, String expected) {
    return open().remove(key, expected);
  }
}
