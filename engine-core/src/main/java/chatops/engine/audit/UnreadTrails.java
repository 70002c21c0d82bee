package chatops.engine.audit;

import chatops.engine.id.ExecutionId;
import chatops.engine.share.SharedJson;
import chatops.engine.store.SharedRows;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Executions that the newest anchor had to leave out, because their rows cannot be read: one row of the store, for whoever watches.
 * Thread-safe.
 */
public final class UnreadTrails {
  private static final String KEY = "audit:unread";

  /** As many are named; a store with more has another trouble than its rows. */
  private static final int MOST = 1000;

  private final SharedJson shared;

  public UnreadTrails(SharedRows rows) {
    this.shared = new SharedJson(rows);
  }

  /** Empty where every trail was anchored. @throws chatops.engine.EngineException when the store does not tell */
  public List<ExecutionId> ids() {
    List<ExecutionId> ids = new ArrayList<>();
    shared.read(KEY).path("executions").forEach(id -> ids.add(new ExecutionId(id.asText())));
    return ids;
  }

  /** What was said of the anchor before is over. */
  void are(Collection<ExecutionId> ids) {
    shared.change(KEY, row -> {
      row.remove("executions");
      if (!ids.isEmpty()) {
        ArrayNode list = row.putArray("executions");
        ids.stream().limit(MOST).forEach(id -> list.add(id.value()));
      }
      return row;
    });
  }
}
